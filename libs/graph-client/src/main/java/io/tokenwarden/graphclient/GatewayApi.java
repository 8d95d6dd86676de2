package io.tokenwarden.graphclient;

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
@Path("/{version}/{node}/{edge}")
@RegisterRestClient(configKey = "graph-gateway")
@OidcClientFilter
interface GatewayApi {
  @GET
  Uni<Response> read(
      @PathParam("version") String version,
      @PathParam("node") String node,
      @PathParam("edge") String edge,
      @HeaderParam("X-Connection-Id") String connection,
      @HeaderParam("X-Tokenwarden-Priority") String priority,
      @RestQuery Map<String, String> query);
}
