package io.tokenwarden.auth.access;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;

/// Takes what token-refresher found a connection to reach.
@Path("/auth/internal/connections")
class AccessResource {
  private final Connections connections;
  private final Comparison comparison;

  @Inject
  AccessResource(Connections connections, Comparison comparison) {
    this.connections = connections;
    this.comparison = comparison;
  }

  /// Answers 204; 409 `GENERATION_NOT_CURRENT` if the token has moved on since.
  @PUT
  @Path("/{id}/access")
  @RolesAllowed(Roles.SERVICE)
  @WithTransaction
  public Uni<Void> put(@RestPath String id, AccessSnapshot snapshot) {
    if (snapshot == null || snapshot.generation() < 1) {
      throw Problems.badRequest("An access snapshot names the generation it was listed with");
    }
    return connections
        .lock(ConnectionIds.parse(id))
        .map(ConnectionIds::existing)
        .invoke(connection -> mustBeCurrent(connection, snapshot))
        .chain(connection -> comparison.compare(connection, snapshot));
  }

  private static void mustBeCurrent(Connection connection, AccessSnapshot snapshot) {
    if (snapshot.generation() != connection.generation()) {
      throw Problems.conflict(
          "GENERATION_NOT_CURRENT", "The connection's token is of another generation by now");
    }
  }
}
