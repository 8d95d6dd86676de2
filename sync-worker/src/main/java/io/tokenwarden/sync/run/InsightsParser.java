package io.tokenwarden.sync.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.sync.insights.InsightsRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Rows as Meta writes them: every metric a string, and no field at all where there is nothing.
final class InsightsParser {
  private static final List<String> NOT_METRICS =
      List.of("date_start", "date_stop", "spend", "impressions", "clicks");

  private InsightsParser() {}

  /// @throws IllegalArgumentException if it is no row of this level
  static InsightsRow row(InsightsLevel level, JsonNode json) {
    var metrics = json.<ObjectNode>deepCopy();
    metrics.remove(NOT_METRICS);
    metrics.remove(List.of(level.code() + "_id", level.code() + "_name"));
    return new InsightsRow(
        day(json),
        text(json, level.code() + "_id")
            .orElseThrow(() -> new IllegalArgumentException("An insights row names no entity")),
        text(json, level.code() + "_name").orElse(null),
        text(json, "spend").map(BigDecimal::new).orElse(BigDecimal.ZERO),
        text(json, "impressions").map(Long::valueOf).orElse(0L),
        text(json, "clicks").map(Long::valueOf).orElse(0L),
        metrics);
  }

  private static LocalDate day(JsonNode json) {
    var start = text(json, "date_start").orElse("");
    if (!start.equals(text(json, "date_stop").orElse(start))) {
      throw new IllegalArgumentException("An insights row is about more than one day");
    }
    return LocalDate.parse(start);
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.of(json.path(field)).filter(JsonNode::isValueNode).map(JsonNode::asText);
  }
}
