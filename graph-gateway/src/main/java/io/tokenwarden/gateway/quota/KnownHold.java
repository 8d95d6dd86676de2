package io.tokenwarden.gateway.quota;

import io.tokenwarden.graph.quota.Hold;
import io.tokenwarden.graph.quota.QuotaScope;
import java.time.Duration;
import java.time.Instant;

/// A quota that was found used up, as the database knows it.
///
/// ```
///   HELD ── until ──▶ one call among all replicas ──┬─ answered ──▶ open
///     ▲                                             ├─ no answer ──▶ another one after a while
///     └──────────── used up still ──────────────────┘
/// ```
///
/// @param revision of the row
/// @param probedAt when a call was last let through to find out; the epoch if none was
/// @param proven whether such a call was answered
record KnownHold(QuotaScope scope, long revision, Hold hold, Instant probedAt, boolean proven) {

  /// After which a call that was let through is not waited for any more. Calls seldom take longer.
  static final Duration PROBE = Duration.ofSeconds(30);

  /// As long as the next strike would follow on: what was counted an hour ago is forgotten.
  static final Duration REMEMBERED = Duration.ofHours(1);

  static final Duration SOON = Duration.ofSeconds(1);

  /// What to go on with: the newest row, and of the same row what was found out meanwhile.
  static KnownHold latest(KnownHold known, KnownHold other) {
    if (known.revision != other.revision) {
      return known.revision > other.revision ? known : other;
    }
    return known.proven || known.probedAt.isAfter(other.probedAt) ? known : other;
  }

  /// How long no call goes out, whoever asks; zero if one may, or may try to be the one.
  Duration left(Instant now) {
    if (now.isBefore(hold.until())) {
      return Duration.between(now, hold.until());
    }
    return isUnproven(now) && now.isBefore(probedAt.plus(PROBE)) ? SOON : Duration.ZERO;
  }

  /// Whether it is over, and nobody knows yet whether the quota can be used again.
  boolean isUnproven(Instant now) {
    return !proven && !now.isBefore(hold.until()) && !isForgotten(now);
  }

  boolean isForgotten(Instant now) {
    return !now.isBefore(hold.until().plus(REMEMBERED));
  }

  KnownHold asProbed(Instant now) {
    return new KnownHold(scope, revision, hold, now, proven);
  }

  KnownHold asProven() {
    return new KnownHold(scope, revision, hold, probedAt, true);
  }
}
