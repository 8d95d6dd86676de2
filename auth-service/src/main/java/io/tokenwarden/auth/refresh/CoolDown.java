package io.tokenwarden.auth.refresh;

import java.time.Duration;

/// How long a connection is left alone after so many failures in a row.
final class CoolDown {
  static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofHours(6);

  private CoolDown() {}

  /// @param failures from 1
  static Duration after(int failures) {
    var doublings = Math.clamp(failures - 1L, 0, 20);
    var pause = FIRST.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
