package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /// What an answer is known by to callers that have it already; empty for what is no success.
  Optional<String> etag() {
    return status == 200 ? Optional.of("\"" + hash(text()) + "\"") : Optional.empty();
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
