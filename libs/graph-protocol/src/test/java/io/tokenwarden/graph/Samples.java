package io.tokenwarden.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Answers as Meta gave them, from public reports, documentation and tests. What they mean was
/// decided by reading Meta's documentation, not by asking our code.
public final class Samples {

  /// One answer, and what it means.
  ///
  /// @param category what it means
  /// @param accepted that, and the other meanings one may defend
  public record Sample(
      String source,
      String why,
      int status,
      String body,
      ErrorCategory category,
      Set<ErrorCategory> accepted) {

    @Override
    public String toString() {
      return why.isEmpty() ? source : why + " (" + source + ")";
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private Samples() {}

  public static List<Sample> all() {
    try (InputStream lines = Samples.class.getResourceAsStream("/graph-errors.jsonl")) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Samples::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same answer with the members of every object in another order, other digits in its texts,
  /// and one member more.
  static String disguised(String body, Random random) {
    try {
      return JSON.writeValueAsString(disguised(JSON.readTree(body), random, true));
    } catch (IOException _) {
      return body;
    }
  }

  private static JsonNode disguised(JsonNode json, Random random, boolean top) throws IOException {
    if (json.isArray()) {
      ArrayNode copy = JSON.createArrayNode();
      for (JsonNode item : json) {
        copy.add(disguised(item, random, false));
      }
      return copy;
    }
    if (!json.isObject()) {
      return json;
    }
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, random);
    ObjectNode copy = JSON.createObjectNode();
    for (String name : names) {
      JsonNode value = json.get(name);
      boolean inner = name.equals("body") && value.isTextual();
      boolean words =
          value.isTextual() && Set.of("message", "error_message", "fbtrace_id").contains(name);
      if (inner) {
        copy.put(name, disguised(value.textValue(), random));
      } else if (words) {
        copy.put(name, otherIds(value.textValue(), random));
      } else {
        copy.set(name, disguised(value, random, false));
      }
    }
    return top && copy.has("error") ? copy.put("a_member_of_tomorrow", random.nextInt()) : copy;
  }

  /// Only ids change: runs of ten digits or more. Codes, dates and versions stay.
  private static String otherIds(String text, Random random) {
    return java.util.regex.Pattern.compile("\\d{10,}")
        .matcher(text)
        .replaceAll(id ->
            random
                .ints(id.group().length(), 1, 10)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining()));
  }

  private static Sample read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      JsonNode body = json.get("body");
      ErrorCategory category = ErrorCategory.valueOf(json.get("category").asText());
      Set<ErrorCategory> accepted =
          StreamSupport.stream(json.path("alsoDefensible").spliterator(), false)
              .map(name -> ErrorCategory.valueOf(name.asText()))
              .collect(Collectors.toSet());
      accepted.add(category);
      return new Sample(
          json.get("source").asText(),
          json.get("why").asText(),
          json.get("status").asInt(),
          body.isTextual() ? body.asText() : JSON.writeValueAsString(body),
          category,
          accepted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
