package io.tokenwarden.twin.calls;

import java.time.Instant;

/// One Graph call and its answer.
///
/// @param path without the query string
/// @param token label of the token it was made with; null without one, or with an unknown one;
///   `app` for the literal app token
/// @param inputToken label of the token it was about: inspected, exchanged or revoked; null for
///   most calls
/// @param grantType what `/oauth/access_token` was asked for; null for any other call
/// @param code `error.code` of the answer; null if it was none
/// @param subcode `error.error_subcode` of the answer; null if there was none
public record Call(
    long seq,
    Instant at,
    String method,
    String path,
    String token,
    String inputToken,
    String grantType,
    int status,
    Integer code,
    Integer subcode) {

  boolean concerns(String label) {
    return label.equals(token) || label.equals(inputToken);
  }
}
