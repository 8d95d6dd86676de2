package io.tokenwarden.gateway.credential;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// The part of auth-service that only this service may use.
@RegisterRestClient(configKey = "auth-service")
@OidcClientFilter
@Path("/auth/internal")
interface AuthService {

  /// Written to the audit log before it is answered.
  @GET
  @Path("/credentials/{connectionId}")
  Uni<CredentialLease> credential(@PathParam("connectionId") String connectionId);
}
