package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/// A call in the twin's log. Tokens are labels.
///
/// @param token with which it was made; empty for none
/// @param inputToken which it was about; empty for none
/// @param code 0 for none
/// @param subcode 0 for none
record GraphCall(
    long seq,
    String method,
    String path,
    String token,
    String inputToken,
    int status,
    int code,
    int subcode) {

  private static final Pattern PROBE = Pattern.compile("(/v\\d+\\.\\d+)?/me");
  private static final Pattern INSPECTION = Pattern.compile("(/v\\d+\\.\\d+)?/debug_token");

  static GraphCall of(JsonNode call) {
    return new GraphCall(
        call.path("seq").asLong(),
        call.path("method").asText(),
        call.path("path").asText(),
        label(call.path("token")),
        label(call.path("inputToken")),
        call.path("status").asInt(),
        call.path("code").asInt(),
        call.path("subcode").asInt());
  }

  boolean failedWith(int wantedCode, int wantedSubcode) {
    return code == wantedCode && subcode == wantedSubcode;
  }

  boolean isInsightsOf(AdAccount account) {
    return path.endsWith(account.path() + "/insights");
  }

  /// `GET /me`, the first half of an inspection.
  boolean isProbe() {
    return PROBE.matcher(path).matches();
  }

  /// `GET /debug_token`, the second half.
  boolean isInspection() {
    return INSPECTION.matcher(path).matches();
  }

  String proof() {
    var about = inputToken.isEmpty() ? "" : " about " + inputToken;
    var error = code == 0 ? "" : " %d/%d".formatted(code, subcode);
    return "twin call %d: %s %s with %s%s → %d%s"
        .formatted(seq, method, path, token, about, status, error);
  }

  private static String label(JsonNode label) {
    return label.isTextual() ? label.textValue() : "";
  }
}
