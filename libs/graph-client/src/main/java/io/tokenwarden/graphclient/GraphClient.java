package io.tokenwarden.graphclient;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graphclient.GatewayAnswer.Failed;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Reads lists at Meta, page by page.
@ApplicationScoped
public class GraphClient {
  private static final Logger LOG = Logger.getLogger(GraphClient.class);

  private final GatewayApi api;
  private final String version;

  @Inject
  GraphClient(
      @RestClient GatewayApi api,
      @ConfigProperty(name = "meta.graph-version", defaultValue = "v25.0") String version) {
    this.api = api;
    this.version = version;
  }

  /// One page, in the context in which it was asked for. Never fails: what goes wrong is an answer.
  ///
  /// @param query of the first page, or the `next` of the page before
  public Uni<GatewayAnswer> page(GraphEdge edge, Priority priority, Map<String, String> query) {
    return api.read(
            version, edge.node(), edge.name(), edge.connection().toString(), priority.code(), query)
        .onFailure(WebApplicationException.class)
        .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse())
        .map(GatewayAnswer::of)
        .onFailure()
        .recoverWithItem(GraphClient::unreachable)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private static GatewayAnswer unreachable(Throwable failure) {
    LOG.warnf("graph-gateway cannot be asked: %s", failure.toString());
    return new Failed(ErrorCategory.TRANSIENT, Duration.ZERO, OptionalLong.empty());
  }
}
