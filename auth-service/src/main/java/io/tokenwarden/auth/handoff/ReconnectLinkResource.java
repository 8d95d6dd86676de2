package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/// Makes a link that can be sent to the person a connection belongs to. It needs no sign-in, is
/// good once, and for that connection and that person alone.
@Path("/auth/connections")
class ReconnectLinkResource {
  private final Handoffs handoffs;
  private final Connections connections;
  private final AuditLog audit;
  private final PublicAddress address;
  private final Caller caller;

  @Inject
  ReconnectLinkResource(
      Handoffs handoffs,
      Connections connections,
      AuditLog audit,
      PublicAddress address,
      Caller caller) {
    this.handoffs = handoffs;
    this.connections = connections;
    this.audit = audit;
    this.address = address;
    this.caller = caller;
  }

  /// @param url whoever has it may reconnect
  /// @param expiresAt when it can no longer be opened
  record Link(URI url, Instant expiresAt) {}

  @POST
  @Path("/{id}/reconnect-link")
  @NoCache
  @RolesAllowed(Roles.OPERATOR)
  @WithTransaction
  public Uni<Link> make(@RestPath String id) {
    return connections
        .find(ConnectionIds.parse(id))
        .map(found -> ConnectionIds.visible(found, caller))
        .chain(connection -> link(connection, caller.subject()));
  }

  private Uni<Link> link(Connection connection, String by) {
    var errand =
        Errand.toReconnect(connection, connection.profile(), ReturnTo.of(null), by).asLink();
    return handoffs
        .open(errand)
        .call(ticket ->
            audit.add(
                by,
                "reconnect-link.made",
                connection.workspace(),
                connection.connectionId(),
                "until " + ticket.expiresAt()))
        .map(ticket -> new Link(address.reconnect(ticket.secret().value()), ticket.expiresAt()));
  }
}
