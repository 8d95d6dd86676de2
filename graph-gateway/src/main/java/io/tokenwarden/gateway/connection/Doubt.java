package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.ConnectionId;
import java.time.Duration;
import java.time.Instant;

/// Evidence was raised about a generation at a revision. It stands until auth-service has said
/// something newer.
///
/// @param probedAt when it was raised, or a call was last let through since
record Doubt(ConnectionId connection, long generation, long revision, Instant probedAt) {

  /// How long nothing passes, and after that, how long until the next single call does.
  static final Duration QUARANTINE = Duration.ofSeconds(60);

  /// Whether nothing newer has been said of the connection.
  boolean standsAgainst(KnownConnection known) {
    return generation == known.generation() && revision >= known.revision();
  }

  boolean covers(long otherGeneration, long otherRevision) {
    return generation == otherGeneration && revision >= otherRevision;
  }

  /// Zero once a call may be let through.
  Duration wait(Instant now) {
    Duration left = Duration.between(now, probedAt.plus(QUARANTINE));
    return left.isPositive() ? left : Duration.ZERO;
  }

  boolean newerThan(Doubt other) {
    return other == null
        || generation > other.generation
        || (generation == other.generation && revision > other.revision)
        || (covers(other.generation, other.revision) && probedAt.isAfter(other.probedAt));
  }
}
