package io.tokenwarden.refresher.gateway;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/// The Graph API as the gateway offers it to services: a connection instead of a token.
@Path("/{version}/me")
@RegisterRestClient(configKey = "graph-gateway")
@OidcClientFilter
interface GatewayApi {
  String CONNECTION = "X-Connection-Id";
  String PRIORITY = "X-Tokenwarden-Priority";

  @GET
  @Path("/permissions")
  Uni<Response> permissions(
      @PathParam("version") String version,
      @HeaderParam(CONNECTION) String connection,
      @HeaderParam(PRIORITY) String priority,
      @RestQuery Map<String, String> query);

  @GET
  @Path("/adaccounts")
  Uni<Response> adAccounts(
      @PathParam("version") String version,
      @HeaderParam(CONNECTION) String connection,
      @HeaderParam(PRIORITY) String priority,
      @RestQuery Map<String, String> query);
}
