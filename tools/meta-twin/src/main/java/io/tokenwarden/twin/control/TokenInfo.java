package io.tokenwarden.twin.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tokenwarden.twin.world.IssuedToken;
import java.time.Instant;

/// A token as it may be shown: by its label.
///
/// @param deadBecause null while it lives
/// @param expiresAt null for never
/// @param dataAccessExpiresAt null for never
/// @param exchanges how often it was exchanged for another; in vain does not count
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TokenInfo(
    String label,
    String appId,
    String personId,
    String kind,
    boolean alive,
    String deadBecause,
    Instant issuedAt,
    Instant expiresAt,
    Instant dataAccessExpiresAt,
    int exchanges) {

  static TokenInfo of(IssuedToken token, Instant now) {
    var death = token.deathAt(now);
    return new TokenInfo(
        token.label(),
        token.appId(),
        token.personId(),
        token.kind().label(),
        death.isEmpty(),
        death.map(Enum::name).orElse(null),
        token.issuedAt(),
        token.expiresAt(),
        token.dataAccessExpiresAt(),
        token.exchanges());
  }
}
