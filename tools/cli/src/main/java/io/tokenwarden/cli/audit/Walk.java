package io.tokenwarden.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/// The whole log, verified a stretch at a time.
///
/// @param checked how many entries were looked at
/// @param through the last place that is right
/// @param broken the first thing that is wrong; empty if nothing is
/// @param unsealed what is to be said of entries that are not chained yet; empty if there are none
record Walk(long checked, String through, Optional<String> broken, Optional<String> unsealed) {

  /// @param from where to begin; null for the start of the log
  /// @param stretch answers the verification from a place, null for the start
  static Walk along(String from, Function<String, JsonNode> stretch) {
    var answer = stretch.apply(from);
    long checked = answer.path("checked").asLong();
    while (answer.path("next").isTextual()) {
      answer = stretch.apply(answer.path("next").asText());
      checked += answer.path("checked").asLong();
    }
    return new Walk(checked, answer.path("through").asText(), broken(answer), unsealed(answer));
  }

  private static Optional<String> broken(JsonNode answer) {
    if (answer.path("intact").asBoolean()) {
      return Optional.empty();
    }
    var broken = answer.path("broken");
    var entry = broken.path("entryId");
    return Optional.of(
        "position %d%s: %s. %s"
            .formatted(
                broken.path("position").asLong(),
                entry.isNumber() ? ", entry " + entry.asLong() : "",
                broken.path("kind").asText("UNKNOWN"),
                broken.path("detail").asText()));
  }

  private static Optional<String> unsealed(JsonNode answer) {
    long entries = answer.path("unsealed").path("entries").asLong();
    return entries == 0
        ? Optional.empty()
        : Optional.of(
            "%d entries are not sealed yet, the oldest of %s"
                .formatted(entries, answer.path("unsealed").path("since").asText()));
  }
}
