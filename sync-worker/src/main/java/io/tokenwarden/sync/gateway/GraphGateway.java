package io.tokenwarden.sync.gateway;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.sync.gateway.GatewayAnswer.Failed;
import io.tokenwarden.sync.insights.DayRange;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Reads insights, page by page.
@ApplicationScoped
public class GraphGateway {
  private static final Logger LOG = Logger.getLogger(GraphGateway.class);
  private static final String METRICS = "spend,impressions,clicks,reach,inline_link_clicks,actions";
  private static final String PAGE_SIZE = "500";

  private final GatewayApi api;
  private final String version;

  @Inject
  GraphGateway(
      @RestClient GatewayApi api,
      @ConfigProperty(name = "meta.graph-version", defaultValue = "v25.0") String version) {
    this.api = api;
    this.version = version;
  }

  /// The query of the first page: one row per entity and day. The pages after it are asked for with
  /// the `next` of the one before.
  public static Map<String, String> firstPage(InsightsLevel level, DayRange days) {
    var query = new LinkedHashMap<String, String>();
    query.put("level", level.code());
    query.put("fields", fields(level));
    query.put(
        "time_range", "{\"since\":\"%s\",\"until\":\"%s\"}".formatted(days.from(), days.to()));
    query.put("time_increment", "1");
    query.put("limit", PAGE_SIZE);
    return query;
  }

  private static String fields(InsightsLevel level) {
    return switch (level) {
          case ACCOUNT -> "account_id,account_name,";
          case CAMPAIGN -> "campaign_id,campaign_name,";
          case AD -> "ad_id,ad_name,adset_id,campaign_id,";
        }
        + METRICS;
  }

  /// One page, in the context in which it was asked for. Never fails: what goes wrong is an answer.
  public Uni<GatewayAnswer> insights(
      ConnectionId connection, AdAccountId account, Priority priority, Map<String, String> query) {
    return api.insights(version, account.digits(), connection.toString(), priority.code(), query)
        .onFailure(WebApplicationException.class)
        .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse())
        .map(GatewayAnswer::of)
        .onFailure()
        .recoverWithItem(GraphGateway::unreachable)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private static GatewayAnswer unreachable(Throwable failure) {
    LOG.warnf("graph-gateway cannot be asked: %s", failure.toString());
    return new Failed(ErrorCategory.TRANSIENT, Duration.ZERO, OptionalLong.empty());
  }
}
