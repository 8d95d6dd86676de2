package io.tokenwarden.twin.world;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An access token that was handed out. People and logs know it by its `label`, never by its value.
///
/// @param appId the app it was issued to
/// @param personId whose it is; null for an app token
/// @param pageId the page it speaks for; null for any but a page token
/// @param expiresAt null for never
/// @param dataAccessExpiresAt 90 days after the person's last login; null for never: an app or
///   system user has no login
/// @param killedBy what killed it before its time; null while nothing did
/// @param exchanges how often it was exchanged for another; in vain does not count
public record IssuedToken(
    String label,
    Secret value,
    TokenKind kind,
    String appId,
    String personId,
    String pageId,
    Set<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    Instant dataAccessExpiresAt,
    DeathCause killedBy,
    int exchanges) {

  public IssuedToken {
    scopes = Set.copyOf(scopes);
  }

  /// A new token that lives as long as its kind does.
  static IssuedToken fresh(
      String label,
      Secret value,
      TokenKind kind,
      String appId,
      String personId,
      Set<String> scopes,
      Instant now) {
    return new IssuedToken(
        label, value, kind, appId, personId, null, scopes, now, kind.endOf(now), null, null, 0);
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

  /// Whether the app may no longer read the person's data, though the token lives.
  public boolean isDataAccessOver(Instant now) {
    return dataAccessExpiresAt != null && !now.isBefore(dataAccessExpiresAt);
  }

  /// The first cause stays: who is already dead cannot die of something else.
  IssuedToken killed(DeathCause cause, Instant now) {
    return deathAt(now).isPresent() ? this : with(cause);
  }

  IssuedToken expired(Instant now) {
    return deathAt(now).isPresent() ? this : endingAt(now);
  }

  IssuedToken endingAt(Instant end) {
    return new IssuedToken(
        label,
        value,
        kind,
        appId,
        personId,
        pageId,
        scopes,
        issuedAt,
        end,
        dataAccessExpiresAt,
        killedBy,
        exchanges);
  }

  IssuedToken withDataAccessUntil(Instant end) {
    return new IssuedToken(
        label, value, kind, appId, personId, pageId, scopes, issuedAt, expiresAt, end, killedBy,
        exchanges);
  }

  IssuedToken speakingFor(String page) {
    return new IssuedToken(
        label,
        value,
        kind,
        appId,
        personId,
        page,
        scopes,
        issuedAt,
        expiresAt,
        dataAccessExpiresAt,
        killedBy,
        exchanges);
  }

  IssuedToken exchangedOnceMore() {
    return new IssuedToken(
        label,
        value,
        kind,
        appId,
        personId,
        pageId,
        scopes,
        issuedAt,
        expiresAt,
        dataAccessExpiresAt,
        killedBy,
        exchanges + 1);
  }

  private IssuedToken with(DeathCause cause) {
    return new IssuedToken(
        label,
        value,
        kind,
        appId,
        personId,
        pageId,
        scopes,
        issuedAt,
        expiresAt,
        dataAccessExpiresAt,
        cause,
        exchanges);
  }
}
