package io.tokenwarden.refresher.due;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How long failed work waits: from 30 s, doubling to 6 h, each up to a tenth longer so that what
/// failed together does not return together. What is expected to pass is tried twice before, after
/// 1 s and 5 s.
final class Backoff {
  private static final List<Duration> PASSING =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final double JITTER = 0.1;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// @param failures how many attempts failed in a row before this one
  Duration after(int failures, boolean passing) {
    var wait = wait(failures, passing);
    return wait.plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
  }

  private static Duration wait(int failures, boolean passing) {
    if (!passing) {
      return doubled(failures);
    }
    return failures < PASSING.size() ? PASSING.get(failures) : doubled(failures - PASSING.size());
  }

  private static Duration doubled(int times) {
    var wait = FIRST;
    for (int i = 0; i < times && wait.compareTo(LONGEST) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
