package io.tokenwarden.gateway.connection;

import static java.util.Comparator.comparingLong;

import io.tokenwarden.contracts.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/// Evidence was raised about a generation at a revision. It stands until auth-service has said
/// something newer.
///
/// @param probedAt when it was raised, or a call was last let through since
record Doubt(ConnectionId connection, long generation, long revision, Instant probedAt) {

  /// How long nothing passes, and after that, how long until the next single call does.
  static final Duration QUARANTINE = Duration.ofSeconds(60);

  private static final Comparator<Doubt> ORDER =
      comparingLong(Doubt::generation)
          .thenComparingLong(Doubt::revision)
          .thenComparing(Doubt::probedAt);

  /// Whether it is about that generation, and nothing newer than it was said up to that revision.
  boolean covers(long otherGeneration, long otherRevision) {
    return generation == otherGeneration && revision >= otherRevision;
  }

  /// Zero once a call may be let through.
  Duration wait(Instant now) {
    Duration left = Duration.between(now, probedAt.plus(QUARANTINE));
    return left.isPositive() ? left : Duration.ZERO;
  }

  /// Which of two doubts about the same connection is to be heeded.
  static Doubt latest(Doubt known, Doubt other) {
    return ORDER.compare(other, known) > 0 ? other : known;
  }
}
