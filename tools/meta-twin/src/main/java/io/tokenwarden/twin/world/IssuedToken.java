package io.tokenwarden.twin.world;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An access token that was handed out. People and logs know it by its `label`, never by its value.
///
/// @param personId whose it is; null for an app token
/// @param expiresAt null for never
/// @param dataAccessExpiresAt 90 days after the person's last login; null for an app token
/// @param killedBy what killed it before its time; null while nothing did
public record IssuedToken(
    String label,
    Secret value,
    TokenKind kind,
    String personId,
    Set<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    Instant dataAccessExpiresAt,
    DeathCause killedBy) {

  public IssuedToken {
    scopes = Set.copyOf(scopes);
  }

  /// Why it is dead at `now`; empty while it lives.
  public Optional<DeathCause> deathAt(Instant now) {
    if (killedBy != null) {
      return Optional.of(killedBy);
    }
    return expiresAt != null && !now.isBefore(expiresAt)
        ? Optional.of(DeathCause.EXPIRED)
        : Optional.empty();
  }

  /// The first cause stays: who is already dead cannot die of something else.
  IssuedToken killed(DeathCause cause, Instant now) {
    return deathAt(now).isPresent() ? this : withDeath(cause, expiresAt);
  }

  IssuedToken expired(Instant now) {
    return deathAt(now).isPresent() ? this : withDeath(null, now);
  }

  private IssuedToken withDeath(DeathCause cause, Instant end) {
    return new IssuedToken(
        label, value, kind, personId, scopes, issuedAt, end, dataAccessExpiresAt, cause);
  }
}
