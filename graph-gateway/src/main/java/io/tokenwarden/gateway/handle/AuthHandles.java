package io.tokenwarden.gateway.handle;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Where auth-service says what a key opens.
@RegisterRestClient(configKey = "auth-service")
@OidcClientFilter
@Path("/auth/internal/handles")
interface AuthHandles {

  /// @param handle a key as it was presented
  record Presented(String handle) {
    @Override
    public String toString() {
      return "Presented[****]";
    }
  }

  @POST
  @Path("/introspect")
  Uni<Introspection> introspect(Presented presented);
}
