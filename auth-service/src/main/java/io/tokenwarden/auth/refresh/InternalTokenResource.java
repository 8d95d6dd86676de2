package io.tokenwarden.auth.refresh;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/// What token-refresher, which knows when, wants of a connection's token. Each answers 200 with the
/// outcome; 409 `GENERATION_NOT_CURRENT` if the token has moved on since.
@Cancellable(false)
@Path("/auth/internal/connections")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalTokenResource {
  private final Requests requests;
  private final Caller caller;

  @Inject
  InternalTokenResource(Requests requests, Caller caller) {
    this.requests = requests;
    this.caller = caller;
  }

  /// @param generation the token that is meant
  record Meant(Long generation) {}

  @POST
  @Path("/{id}/refresh")
  public Uni<Answer> refresh(@RestPath String id, Meant meant) {
    return replace(id, Kind.REFRESH, meant);
  }

  @POST
  @Path("/{id}/rotate")
  public Uni<Answer> rotate(@RestPath String id, Meant meant) {
    return replace(id, Kind.ROTATION, meant);
  }

  private Uni<Answer> replace(String id, Kind kind, Meant meant) {
    var generation = generation(meant);
    return requests.replace(
        ConnectionIds.parse(id),
        kind,
        true,
        caller.subject(),
        found -> current(ConnectionIds.existing(found), generation));
  }

  @POST
  @Path("/{id}/verify")
  public Uni<Answer> verify(@RestPath String id, Meant meant) {
    var generation = generation(meant);
    return requests.verify(
        ConnectionIds.parse(id),
        caller.subject(),
        found -> current(ConnectionIds.existing(found), generation));
  }

  private static long generation(Meant meant) {
    if (meant == null || meant.generation() == null || meant.generation() < 1) {
      throw Problems.badRequest("Say which token is meant: {\"generation\": …}");
    }
    return meant.generation();
  }

  private static Connection current(Connection connection, long generation) {
    if (connection.generation() != generation) {
      throw Problems.conflict(
          "GENERATION_NOT_CURRENT", "The connection's token is of another generation by now");
    }
    return connection;
  }
}
