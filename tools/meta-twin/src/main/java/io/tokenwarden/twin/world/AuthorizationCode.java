package io.tokenwarden.twin.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// A code the dialog gave to the browser. It is good for one exchange within ten minutes.
///
/// @param challenge the PKCE challenge; null without PKCE
/// @param usedAt when it was exchanged; null until then
record AuthorizationCode(
    Secret value,
    String appId,
    String personId,
    String redirectUri,
    Challenge challenge,
    Set<String> scopes,
    Instant issuedAt,
    Instant usedAt) {

  private static final Duration LIFE = Duration.ofMinutes(10);

  /// How long a used or expired code is remembered, so that its second use gets the right answer.
  private static final Duration REMEMBERED = Duration.ofDays(1);

  AuthorizationCode {
    scopes = Set.copyOf(scopes);
  }

  boolean isExpired(Instant now) {
    return now.isAfter(issuedAt.plus(LIFE));
  }

  boolean isForgotten(Instant now) {
    return now.isAfter(issuedAt.plus(REMEMBERED));
  }

  AuthorizationCode used(Instant now) {
    return new AuthorizationCode(
        value, appId, personId, redirectUri, challenge, scopes, issuedAt, now);
  }
}
