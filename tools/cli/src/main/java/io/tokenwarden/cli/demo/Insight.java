package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;

/// One day of one ad account or campaign, whoever tells of it.
record Insight(LocalDate day, String entityId, BigDecimal spend, long impressions, long clicks) {

  Insight {
    spend = spend.stripTrailingZeros();
  }

  /// A row of `GET /sync/insights`.
  static Insight synced(JsonNode row) {
    return new Insight(
        LocalDate.parse(row.path("date").asText()),
        digits(row.path("entityId").asText()),
        decimal(row, "spend"),
        row.path("impressions").asLong(),
        row.path("clicks").asLong());
  }

  /// A row as Meta has it.
  static Insight held(JsonNode row) {
    var entity = row.has("campaign_id") ? row.path("campaign_id") : row.path("account_id");
    return new Insight(
        LocalDate.parse(row.path("date_start").asText()),
        digits(entity.asText()),
        decimal(row, "spend"),
        row.path("impressions").asLong(),
        row.path("clicks").asLong());
  }

  @Override
  public String toString() {
    return "%s of %s: %s spent, %d impressions, %d clicks"
        .formatted(day, entityId, spend.toPlainString(), impressions, clicks);
  }

  private static BigDecimal decimal(JsonNode row, String name) {
    return new BigDecimal(row.path(name).asText("0"));
  }

  private static String digits(String adAccountId) {
    return adAccountId.startsWith("act_") ? adAccountId.substring("act_".length()) : adAccountId;
  }
}
