package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a Graph call is answered.
///
/// @param body JSON; a text node is sent as bare text
record GraphAnswer(int status, JsonNode body, String contentType, Map<String, String> headers) {

  private static final String JSON = "application/json; charset=UTF-8";

  static GraphAnswer ok(JsonNode body) {
    return new GraphAnswer(200, body, JSON, Map.of());
  }

  static GraphAnswer of(GraphError error, String traceId) {
    return new GraphAnswer(
        error.status(),
        error.envelope(traceId),
        JSON,
        Map.of("WWW-Authenticate", error.wwwAuthenticate()));
  }

  GraphAnswer with(Map<String, String> more) {
    var all = new LinkedHashMap<>(more);
    all.putAll(headers);
    return new GraphAnswer(status, body, contentType, all);
  }

  /// The body as it is sent.
  String text() {
    return body.isTextual() ? body.textValue() : GraphJson.write(body);
  }

  /// The trace an error names.
  Optional<String> traceId() {
    return Optional.ofNullable(body.path("error").path("fbtrace_id").textValue());
  }

  Integer code() {
    return number("code");
  }

  Integer subcode() {
    return number("error_subcode");
  }

  private Integer number(String name) {
    var value = body.path("error").path(name);
    return value.isInt() ? value.intValue() : null;
  }
}
