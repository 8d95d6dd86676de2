package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One page of a list. Its `next` and `previous` are absolute addresses with the caller's access
/// token in them (and the proof, if one was given), wherever the caller had put it: that is what
/// Meta does.
final class Page {

  private static final int DEFAULT_LIMIT = 25;
  private static final int GREATEST_LIMIT = 5_000;
  private static final Pattern CURSOR = Pattern.compile("row:(\\d{1,9})");

  private final GraphRequest request;
  private final int size;
  private final int limit;
  private final int from;
  private final int to;

  private Page(GraphRequest request, int size) {
    this.request = request;
    this.size = size;
    this.limit = limit(request);
    this.from = Math.min(size, start());
    this.to = Math.min(size, from + limit);
  }

  static <T> ObjectNode of(GraphRequest request, List<T> all, Function<T, ? extends JsonNode> row) {
    var page = new Page(request, all.size());
    var json = JsonNodeFactory.instance.objectNode();
    var data = json.putArray("data");
    all.subList(page.from, page.to).forEach(it -> data.add(row.apply(it)));
    if (!data.isEmpty()) {
      json.set("paging", page.paging());
    }
    return json;
  }

  private int start() {
    var after = request.parameter("after");
    if (after.isPresent()) {
      return position(after.get()) + 1;
    }
    return request
        .parameter("before")
        .map(before -> Math.max(0, position(before) - limit))
        .orElse(0);
  }

  private ObjectNode paging() {
    var paging = JsonNodeFactory.instance.objectNode();
    var before = cursor(from);
    var after = cursor(to - 1);
    paging.putObject("cursors").put("before", before).put("after", after);
    if (to < size) {
      paging.put("next", address(Map.of("after", after)));
    }
    if (from > 0) {
      paging.put("previous", address(Map.of("before", before)));
    }
    return paging;
  }

  private String address(Map<String, String> cursor) {
    var query = new LinkedHashMap<String, String>();
    query.put("access_token", request.credential().reveal());
    query.put("pretty", "0");
    query.putAll(request.parameters());
    query.remove("after");
    query.remove("before");
    query.put("limit", Integer.toString(limit));
    query.putAll(cursor);
    return query.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(
            Collectors.joining(
                "&",
                "%s/%s/%s?"
                    .formatted(
                        request.origin(), request.version(), String.join("/", request.segments())),
                ""));
  }

  private static int limit(GraphRequest request) {
    return request.parameter("limit").map(Page::parsedLimit).orElse(DEFAULT_LIMIT);
  }

  private static int parsedLimit(String limit) {
    try {
      var number = Integer.parseInt(limit);
      if (number > 0) {
        return Math.min(number, GREATEST_LIMIT);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new GraphException(
        GraphError.invalidParameter("Param limit must be an integer greater than 0"));
  }

  private static String cursor(int row) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("row:" + row).getBytes(StandardCharsets.US_ASCII));
  }

  private static int position(String cursor) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      var matcher = CURSOR.matcher(text);
      if (matcher.matches()) {
        return Integer.parseInt(matcher.group(1));
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new GraphException(GraphError.invalidCursor());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
