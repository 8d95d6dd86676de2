package io.tokenwarden.auth.lease;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/// Where graph-gateway, and nobody else, borrows credentials.
@Path("/auth/internal/credentials/{id}")
class LeaseResource {
  private final Connections connections;
  private final Leases leases;
  private final Caller caller;

  @Inject
  LeaseResource(Connections connections, Leases leases, Caller caller) {
    this.connections = connections;
    this.leases = leases;
    this.caller = caller;
  }

  /// Answers 404 for an unknown connection, 409 `CONNECTION_BLOCKED` if its token cannot be used.
  @GET
  @NoCache
  @RolesAllowed(Roles.GATEWAY)
  @WithTransaction
  public Uni<Lease> lend(@RestPath String id) {
    return connections
        .lock(ConnectionIds.parse(id))
        .map(ConnectionIds::existing)
        .chain(connection -> leases.lend(connection, caller.subject()));
  }
}
