package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What the operations of a batch say of each other's results: `{result=name:$.data.*.id}` stands
/// for the text of what is found there, several values with commas between.
final class References {

  private static final Pattern REFERENCE = Pattern.compile("\\{result=([^:{}]+):\\$([^{}]*)\\}");
  private static final Pattern STEP = Pattern.compile("\\.?([\\w-]+|\\*)|\\[([0-9]+|\\*)\\]");

  private final Map<String, JsonNode> results = new HashMap<>();

  void put(String name, JsonNode result) {
    results.put(name, result);
  }

  /// The names that a text refers to.
  static Set<String> namesIn(String text) {
    return REFERENCE.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toSet());
  }

  /// The text with the results in it; empty if one it refers to is not there.
  Optional<String> resolved(String text) {
    return results.keySet().containsAll(namesIn(text))
        ? Optional.of(REFERENCE.matcher(text).replaceAll(it -> quoted(valueOf(it))))
        : Optional.empty();
  }

  private static String quoted(String value) {
    return Matcher.quoteReplacement(value);
  }

  private String valueOf(MatchResult reference) {
    var found = Stream.of(results.get(reference.group(1)));
    var steps = STEP.matcher(reference.group(2)).results().toList();
    for (var step : steps) {
      var name = step.group(1) == null ? step.group(2) : step.group(1);
      found = found.flatMap(node -> step(node, name));
    }
    return found.map(References::text).collect(Collectors.joining(","));
  }

  private static Stream<JsonNode> step(JsonNode node, String name) {
    if (name.equals("*")) {
      return StreamSupport.stream(node.spliterator(), false);
    }
    var child = node.isArray() ? elementOf(node, name) : node.path(name);
    return child.isMissingNode() ? Stream.empty() : Stream.of(child);
  }

  private static JsonNode elementOf(JsonNode array, String index) {
    return index.chars().allMatch(Character::isDigit)
        ? array.path(Integer.parseInt(index))
        : array.path(index);
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
