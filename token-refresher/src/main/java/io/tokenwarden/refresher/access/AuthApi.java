package io.tokenwarden.refresher.access;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// What auth-service takes from us.
@Path("/auth/internal/connections/{id}")
@RegisterRestClient(configKey = "auth-service")
@OidcClientFilter
interface AuthApi {

  /// 204; 409 if the generation is not the current one; 404 if there is no such connection.
  @PUT
  @Path("/access")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> putAccess(@PathParam("id") String connection, AccessSnapshot access);
}
