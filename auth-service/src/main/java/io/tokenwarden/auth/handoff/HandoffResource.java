package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.ConnectionIds;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.Optional;

/// Begins a handoff for a person: whoever opens the answered address in a browser connects.
@Path("/auth/handoffs")
class HandoffResource {
  private final Handoffs handoffs;
  private final Connections connections;
  private final MetaApps apps;
  private final PublicAddress address;
  private final Caller caller;

  @Inject
  HandoffResource(
      Handoffs handoffs,
      Connections connections,
      MetaApps apps,
      PublicAddress address,
      Caller caller) {
    this.handoffs = handoffs;
    this.connections = connections;
    this.apps = apps;
    this.address = address;
    this.caller = caller;
  }

  /// @param appId null means the managed app; on reconnect the connection's own counts
  /// @param connectionId the connection to reconnect; null connects anew
  /// @param profile the scope profile; only `reporting` so far
  /// @param returnTo a path on our origin; null means the console
  record Wanted(
      String workspaceId, String appId, String connectionId, String profile, String returnTo) {}

  record Begun(URI url) {}

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @WithTransaction
  public Uni<Begun> begin(Wanted wanted) {
    if (wanted == null) {
      throw Problems.badRequest("Say which workspace: {\"workspaceId\": …}");
    }
    var workspace = caller.mustSee(wanted.workspaceId());
    var returnTo = ReturnTo.of(wanted.returnTo());
    mustKnow(wanted.profile());
    return toBeReconnected(wanted, workspace)
        .chain(connection ->
            app(wanted, workspace, connection)
                .chain(app ->
                    handoffs.open(
                        workspace,
                        app.appId(),
                        connection.map(Connection::connectionId),
                        returnTo,
                        caller.subject())))
        .map(ticket -> new Begun(address.start(ticket.value())));
  }

  private Uni<Optional<Connection>> toBeReconnected(Wanted wanted, WorkspaceId workspace) {
    if (wanted.connectionId() == null) {
      return Uni.createFrom().item(Optional.empty());
    }
    return connections
        .find(ConnectionIds.parse(wanted.connectionId()))
        .map(found -> found != null && found.workspace().equals(workspace) ? found : null)
        .map(found -> Optional.of(ConnectionIds.existing(found)));
  }

  private Uni<MetaApp> app(Wanted wanted, WorkspaceId workspace, Optional<Connection> connection) {
    var named = connection.map(Connection::appId).or(() -> Optional.ofNullable(wanted.appId()));
    return named
        .map(appId -> apps.find(workspace, appId))
        .orElseGet(() -> Uni.createFrom().item(apps.managed()))
        .map(found -> found.orElseThrow(() -> Problems.badRequest("There is no such Meta app")));
  }

  private static void mustKnow(String profile) {
    if (profile != null && !profile.equals("reporting")) {
      throw Problems.badRequest("There is no such scope profile; 'reporting' is one");
    }
  }
}
