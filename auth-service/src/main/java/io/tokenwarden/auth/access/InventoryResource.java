package io.tokenwarden.auth.access;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.access.AccessSnapshot.Business;
import io.tokenwarden.auth.asset.AssetView;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Page;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// The inventory of a connection.
@Path("/auth/connections")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SECURITY_ADMIN, Roles.SERVICE})
class InventoryResource {
  private static final int PAGE = 200;

  private final Connections connections;
  private final Assets assets;
  private final Businesses businesses;
  private final Caller caller;

  @Inject
  InventoryResource(Connections connections, Assets assets, Businesses businesses, Caller caller) {
    this.connections = connections;
    this.assets = assets;
    this.businesses = businesses;
    this.caller = caller;
  }

  /// @param after the `next` of the page before
  @GET
  @Path("/{id}/assets")
  @WithSession
  public Uni<Page<AssetView>> assets(@RestPath String id, @RestQuery String after) {
    var cursor = Cursor.parse(after);
    return visible(id)
        .chain(connection ->
            assets.page(connection.connectionId(), cursor.type(), cursor.assetId(), PAGE))
        .map(found -> new Page<>(found, found.size() < PAGE ? null : Cursor.of(found.getLast())));
  }

  @GET
  @Path("/{id}/businesses")
  @WithSession
  public Uni<Page<Business>> businesses(@RestPath String id) {
    return visible(id).chain(connection -> businesses.of(connection.connectionId())).map(Page::of);
  }

  private Uni<Connection> visible(String id) {
    return connections
        .find(ConnectionIds.parse(id))
        .map(found -> ConnectionIds.visible(found, caller));
  }

  /// Where a page ended.
  private record Cursor(String type, String assetId) {
    private static final Pattern FORM = Pattern.compile("([A-Z_]{1,20})/([0-9]{1,20})");

    static Cursor parse(String text) {
      if (text == null || text.isEmpty()) {
        return new Cursor("", "");
      }
      var parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw Problems.badRequest("'after' is the 'next' of an earlier page");
      }
      return new Cursor(parts.group(1), parts.group(2));
    }

    static String of(AssetView last) {
      return last.assetType() + "/" + last.assetId();
    }
  }
}
