package io.tokenwarden.auth.judge;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// Tells the causal chain: what was seen, what Meta was asked, what it said, what followed.
@Path("/auth/connections")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SECURITY_ADMIN, Roles.SERVICE})
class ExplainResource {
  private final Connections connections;
  private final Explaining explaining;
  private final Caller caller;
  private final Clock clock;

  @Inject
  ExplainResource(Connections connections, Explaining explaining, Caller caller, Clock clock) {
    this.connections = connections;
    this.explaining = explaining;
    this.caller = caller;
    this.clock = clock;
  }

  /// @param at an instant in ISO 8601; now if omitted. Before its first revision there is nothing
  ///   to explain: 404
  @GET
  @Path("/{id}/explain")
  @WithSession
  public Uni<Explanation> explain(@RestPath String id, @RestQuery String at) {
    var then = at == null ? clock.instant() : instant(at);
    return connections
        .find(ConnectionIds.parse(id))
        .map(found -> ConnectionIds.visible(found, caller))
        .chain(connection -> explaining.of(connection, then))
        .map(
            told -> told.orElseThrow(() -> Problems.notFound("The connection did not exist then")));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw Problems.badRequest("'at' is an instant such as 2026-11-21T10:15:30Z");
    }
  }
}
