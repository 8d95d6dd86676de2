package io.tokenwarden.sync.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a schedule waits after a run that failed: from 30 s (5 s if the cause is expected to
/// pass), doubling up to the usual pause between two runs, each up to a tenth longer so that what
/// failed together does not return together.
record Backoff(Duration longest, RandomGenerator random) {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration FIRST_IF_PASSING = Duration.ofSeconds(5);
  private static final double JITTER = 0.1;

  /// @param failures how many runs failed in a row before this one
  Duration after(int failures, boolean passing) {
    var wait = passing ? FIRST_IF_PASSING : FIRST;
    for (int i = 0; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    var bounded = wait.compareTo(longest) < 0 ? wait : longest;
    return bounded.plusMillis((long) (bounded.toMillis() * JITTER * random.nextDouble()));
  }
}
