package io.tokenwarden.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.function.Function;

/// The whole log, verified a stretch at a time.
///
/// @param checked how many entries were looked at
/// @param last the answer about the last stretch
record Walk(long checked, JsonNode last) {

  /// @param from where to begin; null for the start of the log
  /// @param stretch answers the verification from a place, null for the start
  static Walk along(String from, Function<String, JsonNode> stretch) {
    var answer = stretch.apply(from);
    long checked = answer.path("checked").asLong();
    while (answer.path("next").isTextual()) {
      answer = stretch.apply(answer.path("next").asText());
      checked += answer.path("checked").asLong();
    }
    return new Walk(checked, answer);
  }

  boolean isIntact() {
    return last.path("intact").asBoolean();
  }

  /// The last place that is right.
  String through() {
    return last.path("through").asText();
  }

  /// The first thing that is wrong, for a person; empty if nothing is.
  Optional<String> broken() {
    if (isIntact()) {
      return Optional.empty();
    }
    var broken = last.path("broken");
    var entry = broken.path("entryId");
    return Optional.of(
        "position %d%s: %s. %s"
            .formatted(
                broken.path("position").asLong(),
                entry.isNumber() ? ", entry " + entry.asLong() : "",
                broken.path("kind").asText("UNKNOWN"),
                broken.path("detail").asText()));
  }

  /// What is to be said of entries that are not chained yet; empty if there are none.
  Optional<String> unsealed() {
    long entries = last.path("unsealed").path("entries").asLong();
    return entries == 0
        ? Optional.empty()
        : Optional.of(
            "%d entries are not sealed yet, the oldest of %s"
                .formatted(entries, last.path("unsealed").path("since").asText()));
  }

  /// For machines.
  JsonNode data() {
    var data = JsonNodeFactory.instance.objectNode();
    data.put("intact", isIntact()).put("checked", checked).put("through", through());
    data.set("broken", last.path("broken").isObject() ? last.path("broken") : data.nullNode());
    data.set(
        "unsealed", last.path("unsealed").isObject() ? last.path("unsealed") : data.nullNode());
    return data;
  }
}
