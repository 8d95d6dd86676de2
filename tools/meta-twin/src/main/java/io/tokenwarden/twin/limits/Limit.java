package io.tokenwarden.twin.limits;

import java.time.Duration;

/// A strict limit on every quota of a kind: at most so many calls within any window.
///
/// @param countsRefused whether a call that was refused counts as if it had been let through, as
///   Meta says of calls made while throttled
/// @param hiddenPerSecond how often others use each of the quotas, at even intervals; 0 for nobody
/// @param grace how long after a refusal calls are still excused that were on their way
public record Limit(
    QuotaKind kind,
    int calls,
    Duration window,
    boolean countsRefused,
    double hiddenPerSecond,
    Duration grace) {

  private static final double MOST_HIDDEN = 100_000;

  public Limit {
    if (kind == null) {
      throw new IllegalArgumentException("scope is one of app, user, account");
    }
    if (calls < 1) {
      throw new IllegalArgumentException("limit is a number of calls, at least 1");
    }
    if (!window.isPositive() || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("windowMs is positive and at most a day");
    }
    if (!(hiddenPerSecond >= 0 && hiddenPerSecond <= MOST_HIDDEN)) {
      throw new IllegalArgumentException("hiddenPerSecond is between 0 and 100,000");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("graceMs is not negative");
    }
  }
}
