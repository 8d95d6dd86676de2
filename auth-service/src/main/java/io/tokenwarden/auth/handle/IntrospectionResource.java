package io.tokenwarden.auth.handle;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.service.Problems;
import io.tokenwarden.service.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.NoCache;

/// Where graph-gateway, and nobody else, asks what a key opens.
@Path("/auth/internal/handles/introspect")
@Consumes(MediaType.APPLICATION_JSON)
class IntrospectionResource {
  private final Handles handles;

  @Inject
  IntrospectionResource(Handles handles) {
    this.handles = handles;
  }

  /// @param handle a key as it was presented
  record Presented(String handle) {
    @Override
    public String toString() {
      return "Presented[****]";
    }
  }

  @POST
  @NoCache
  @RolesAllowed(Roles.GATEWAY)
  @WithSession
  public Uni<Introspection> introspect(Presented presented) {
    if (presented == null || presented.handle() == null) {
      throw Problems.badRequest("Say which handle: {\"handle\": …}");
    }
    return handles.introspect(presented.handle());
  }
}
