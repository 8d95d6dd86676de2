package io.tokenwarden.notifier.text;

import java.time.Duration;
import java.time.Instant;

/// Days as people count them.
public final class Days {
  private Days() {}

  /// How many days have begun between now and then: what ends in an hour ends in one day. Zero if
  /// it is over.
  public static int startedUntil(Instant end, Instant now) {
    var left = Duration.between(now, end);
    return left.isNegative() ? 0 : (int) left.plusDays(1).minusNanos(1).toDays();
  }
}
