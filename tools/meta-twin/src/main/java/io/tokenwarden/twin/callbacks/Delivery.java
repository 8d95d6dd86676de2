package io.tokenwarden.twin.callbacks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// Something an app is to be told. Nothing in it is secret: it is signed when it is sent.
///
/// @param content the payload of a signed request, or the body of a webhook, byte for byte
/// @param attempts how often it was sent
/// @param lastStatus what it was last answered; null before, and where nobody answered
/// @param answer what a data deletion was answered: `url` and `confirmation_code`; null for none
public record Delivery(
    long id,
    String appId,
    Kind kind,
    String url,
    String content,
    Instant createdAt,
    State state,
    int attempts,
    Integer lastStatus,
    JsonNode answer) {

  /// What it is.
  public enum Kind {
    DEAUTHORIZE,
    DATA_DELETION,
    WEBHOOK
  }

  /// Where it stands.
  public enum State {
    /// Will be sent by itself.
    WAITING,
    /// Will be sent when somebody says so.
    HELD,
    /// Was answered 200.
    DELIVERED,
    /// Was tried for too long.
    GIVEN_UP
  }

  Delivery sent(State newState, Integer status, JsonNode newAnswer) {
    return new Delivery(
        id,
        appId,
        kind,
        url,
        content,
        createdAt,
        newState,
        attempts + 1,
        status,
        newAnswer == null ? answer : newAnswer);
  }

  Delivery with(State newState) {
    return new Delivery(
        id, appId, kind, url, content, createdAt, newState, attempts, lastStatus, answer);
  }
}
