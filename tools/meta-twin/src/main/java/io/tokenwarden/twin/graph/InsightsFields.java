package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.twin.insights.Level;
import io.tokenwarden.twin.insights.Metrics;
import io.tokenwarden.twin.insights.Row;
import io.tokenwarden.twin.world.Campaign;
import java.util.List;
import java.util.function.Function;

/// How a row of insights is written: every metric a string, `date_start` and `date_stop` always
/// there.
public final class InsightsFields {

  private static final Fields<Row> FIELDS =
      new Fields<Row>("AdsInsights", "impressions", "spend")
          .text("account_id", row -> row.account().id())
          .text("account_name", row -> row.account().name())
          .text("account_currency", row -> row.account().currency())
          .node("campaign_id", row -> campaign(row, Campaign::id))
          .node("campaign_name", row -> campaign(row, Campaign::name))
          .node("adset_id", row -> ad(row.adSet(), Campaign.Ad::id))
          .node("adset_name", row -> ad(row.adSet(), Campaign.Ad::name))
          .node("ad_id", row -> ad(row.ad(), Campaign.Ad::id))
          .node("ad_name", row -> ad(row.ad(), Campaign.Ad::name))
          .text("spend", row -> row.metrics().spend().toPlainString())
          .text("impressions", row -> row.metrics().impressions())
          .text("clicks", row -> row.metrics().clicks())
          .text("reach", row -> row.metrics().reach())
          .text("frequency", row -> row.metrics().frequency().toPlainString())
          .text("ctr", row -> row.metrics().clickRate().toPlainString())
          .text("cpc", row -> row.metrics().costPerClick().toPlainString())
          .text("cpm", row -> row.metrics().costPerThousand().toPlainString())
          .text("inline_link_clicks", row -> row.metrics().clicks())
          .node("actions", row -> actions(row.metrics()))
          .text("date_start", row -> row.days().since())
          .text("date_stop", row -> row.days().until());

  private InsightsFields() {}

  static List<String> chosen(GraphRequest request) {
    return FIELDS.chosen(request);
  }

  static ObjectNode json(Row row, List<String> fields) {
    var json = FIELDS.of(row, fields);
    json.put("date_start", row.days().since().toString());
    json.put("date_stop", row.days().until().toString());
    return json;
  }

  /// The row with every field it has.
  public static ObjectNode json(Row row) {
    return json(row, FIELDS.all());
  }

  /// Whether a field belongs to things this level tells apart.
  static boolean isOf(Level level, String field) {
    return switch (level) {
      case AD -> true;
      case ADSET -> !field.startsWith("ad_");
      case CAMPAIGN -> !field.startsWith("ad_") && !field.startsWith("adset_");
      case ACCOUNT ->
          !field.startsWith("ad_") && !field.startsWith("adset_") && !field.startsWith("campaign_");
    };
  }

  private static JsonNode campaign(Row row, Function<Campaign, String> part) {
    return row.campaign() == null ? absent() : text(part.apply(row.campaign()));
  }

  private static JsonNode ad(Campaign.Ad ad, Function<Campaign.Ad, String> part) {
    return ad == null ? absent() : text(part.apply(ad));
  }

  private static JsonNode actions(Metrics metrics) {
    var actions = JsonNodeFactory.instance.arrayNode();
    addAction(actions.addObject(), "link_click", metrics.clicks());
    if (metrics.purchases() > 0) {
      addAction(actions.addObject(), "purchase", metrics.purchases());
    }
    return actions;
  }

  private static void addAction(ObjectNode action, String type, long value) {
    action.put("action_type", type).put("value", Long.toString(value));
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  private static JsonNode absent() {
    return JsonNodeFactory.instance.nullNode();
  }
}
