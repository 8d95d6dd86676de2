package io.tokenwarden.auth.refresh;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.registry.ConnectionIds;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/// What an operator may want of a connection's token. Each answers 200 with the outcome.
@Cancellable(false)
@Path("/auth/connections")
@RolesAllowed(Roles.OPERATOR)
class TokenResource {
  private final Requests requests;
  private final Caller caller;

  @Inject
  TokenResource(Requests requests, Caller caller) {
    this.requests = requests;
    this.caller = caller;
  }

  /// Now, however recently it failed.
  @POST
  @Path("/{id}/refresh")
  public Uni<Answer> refresh(@RestPath String id) {
    return replace(id, Kind.REFRESH);
  }

  @POST
  @Path("/{id}/rotate")
  public Uni<Answer> rotate(@RestPath String id) {
    return replace(id, Kind.ROTATION);
  }

  private Uni<Answer> replace(String id, Kind kind) {
    return requests.replace(
        ConnectionIds.parse(id),
        kind,
        false,
        caller.subject(),
        found -> ConnectionIds.visible(found, caller));
  }

  @POST
  @Path("/{id}/verify")
  public Uni<Answer> verify(@RestPath String id) {
    return requests.verify(
        ConnectionIds.parse(id), caller.subject(), found -> ConnectionIds.visible(found, caller));
  }
}
