package io.tokenwarden.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.graph.GraphError.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `debug_token` says of a token. Meta answers HTTP 200 for dead tokens too, and calls the
/// subcode `subcode` here.
///
/// @param appId the app the token was issued to: compare it with ours before trusting anything
///   else; empty if not told
/// @param expiresAt null for a token that never ends
/// @param dataAccessExpiresAt when access to data ends though the token lives on; null if never or
///   not told
/// @param issuedAt null if not told, which is common
/// @param userId app-scoped id of the person or system user; empty if not told
/// @param error why it is invalid; null where Meta gives none
public record Inspection(
    String appId,
    TokenType type,
    boolean valid,
    Instant expiresAt,
    Instant dataAccessExpiresAt,
    Instant issuedAt,
    List<String> scopes,
    List<GranularScope> granularScopes,
    String userId,
    GraphError error) {

  /// The kinds of access token.
  public enum TokenType {
    USER,
    SYSTEM_USER,
    PAGE,
    APP,
    UNKNOWN
  }

  /// A permission and the objects it was granted for; no targets means all of them.
  public record GranularScope(String scope, List<String> targetIds) {

    public GranularScope {
      targetIds = List.copyOf(targetIds);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  public Inspection {
    scopes = List.copyOf(scopes);
    granularScopes = List.copyOf(granularScopes);
  }

  /// Reads an answer; empty if it is none (an error envelope, HTML, a cut-off body). Never throws.
  public static Optional<Inspection> parse(String body) {
    try {
      JsonNode data = JSON.readTree(body == null ? "" : body).path("data");
      return data.has("is_valid") ? Optional.of(from(data)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// Why the token is invalid, where Meta says so.
  public Optional<GraphError> failure() {
    return Optional.ofNullable(error);
  }

  private static Inspection from(JsonNode data) {
    return new Inspection(
        data.path("app_id").asText(""),
        type(data.path("type").asText("")),
        data.path("is_valid").asBoolean(false),
        instant(data.path("expires_at")),
        instant(data.path("data_access_expires_at")),
        instant(data.path("issued_at")),
        texts(data.path("scopes")),
        granular(data.path("granular_scopes")),
        data.path("user_id").asText(""),
        error(data.path("error")));
  }

  private static TokenType type(String name) {
    for (TokenType type : TokenType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return TokenType.UNKNOWN;
  }

  /// Seconds since 1970; 0 is Meta's "never".
  private static Instant instant(JsonNode seconds) {
    long value = seconds.asLong(0);
    return value <= 0 || value > Instant.MAX.getEpochSecond() ? null : Instant.ofEpochSecond(value);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static List<GranularScope> granular(JsonNode array) {
    List<GranularScope> scopes = new ArrayList<>();
    array.forEach(item ->
        scopes.add(
            new GranularScope(item.path("scope").asText(""), texts(item.path("target_ids")))));
    return scopes;
  }

  private static GraphError error(JsonNode error) {
    if (!error.isObject()) {
      return null;
    }
    String subcode = error.has("subcode") ? "subcode" : "error_subcode";
    return new GraphError(
        200,
        Form.ENVELOPE,
        error.path("code").isInt() ? error.path("code").intValue() : null,
        error.path(subcode).isInt() ? error.path(subcode).intValue() : null,
        null,
        error.path("message").isTextual()
            ? Redaction.redact(error.path("message").textValue())
            : null,
        null,
        null,
        null,
        null);
  }
}
