package io.tokenwarden.sync.gateway;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.graphclient.GatewayAnswer;
import io.tokenwarden.graphclient.GraphClient;
import io.tokenwarden.graphclient.GraphEdge;
import io.tokenwarden.graphclient.Priority;
import io.tokenwarden.sync.insights.DayRange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads insights, page by page.
@ApplicationScoped
public class GraphGateway {
  private static final String METRICS = "spend,impressions,clicks,reach,inline_link_clicks,actions";
  private static final String PAGE_SIZE = "500";

  private final GraphClient graph;

  @Inject
  GraphGateway(GraphClient graph) {
    this.graph = graph;
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
    return graph.page(GraphEdge.of(connection, account, "insights"), priority, query);
  }
}
