package io.tokenwarden.refresher.renewal;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// What auth-service does to a token when it is asked. 409 if the generation is not the current
/// one; 404 if there is no such connection.
@Path("/auth/internal/connections/{id}")
@RegisterRestClient(configKey = "auth-service")
@OidcClientFilter
@Consumes(MediaType.APPLICATION_JSON)
interface RenewalApi {

  /// @param generation the token that is meant
  record Meant(long generation) {}

  @POST
  @Path("/refresh")
  Uni<RenewalAnswer> refresh(@PathParam("id") String connection, Meant meant);

  @POST
  @Path("/rotate")
  Uni<RenewalAnswer> rotate(@PathParam("id") String connection, Meant meant);
}
