package io.tokenwarden.gateway.call;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// By when a caller wants its answer, repetitions included.
record Deadline(Instant at) {

  static final Duration USUAL = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");

  /// As a caller says it.
  ///
  /// @param header seconds, as in `X-Tokenwarden-Deadline: 30`; null for the usual
  /// @param usual what is meant by whoever says none
  /// @return empty if it says no time, or none that anybody would wait
  static Optional<Deadline> of(String header, Duration usual, Clock clock) {
    if (header == null) {
      return Optional.of(new Deadline(clock.instant().plus(usual)));
    }
    if (!SECONDS.matcher(header).matches()) {
      return Optional.empty();
    }
    Duration wanted = Duration.ofMillis(Math.round(Double.parseDouble(header) * 1000));
    return wanted.isPositive() && wanted.compareTo(LONGEST) <= 0
        ? Optional.of(new Deadline(clock.instant().plus(wanted)))
        : Optional.empty();
  }

  Duration left(Clock clock) {
    Duration left = Duration.between(clock.instant(), at);
    return left.isPositive() ? left : Duration.ZERO;
  }
}
