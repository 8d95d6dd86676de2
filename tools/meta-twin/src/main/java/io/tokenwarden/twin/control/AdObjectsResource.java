package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.world.AdObject;
import io.tokenwarden.twin.world.AdObjects;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/// What apps made of ad accounts: the truth that tests compare their writes with.
@Path("/twin/ad-objects")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class AdObjectsResource {

  private final AdObjects objects;

  @Inject
  AdObjectsResource(AdObjects objects) {
    this.objects = objects;
  }

  /// Everything that was made or changed, the deleted included, the latest write last. An image or
  /// video has the `hash` of its content.
  ///
  /// @param account only those of this ad account; null for all
  @GET
  public List<AdObject> written(@RestQuery String account) {
    return objects
        .written()
        .filter(object -> account == null || object.accountId().equals(account))
        .toList();
  }
}
