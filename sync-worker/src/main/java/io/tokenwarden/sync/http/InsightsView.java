package io.tokenwarden.sync.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.insights.InsightsRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Insights of an ad account, in the order of days and entities.
///
/// @param dataFreshUntil when the account was last read at this level; null if never
/// @param next what `after` asks for; null on the last page
record InsightsView(
    WorkspaceId workspaceId,
    AdAccountId adAccountId,
    InsightsLevel level,
    LocalDate from,
    LocalDate to,
    Instant dataFreshUntil,
    List<Row> items,
    String next) {

  /// @param spend decimal, in the account's currency
  record Row(
      LocalDate date,
      String entityId,
      String entityName,
      String spend,
      long impressions,
      long clicks,
      JsonNode metrics) {

    static Row of(InsightsRow row) {
      return new Row(
          row.day(),
          row.entityId(),
          row.entityName(),
          row.spend().toPlainString(),
          row.impressions(),
          row.clicks(),
          row.metrics());
    }
  }
}
