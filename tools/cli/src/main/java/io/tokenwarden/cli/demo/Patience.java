package io.tokenwarden.cli.demo;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Looks again and again until something is seen, up to a deadline.
///
/// @param limit for each thing that is waited for
/// @param nanoTime the clock that measures the wait
record Patience(Duration limit, Duration pause, LongSupplier nanoTime) {

  static Patience of(Duration limit) {
    return new Patience(limit, Duration.ofMillis(500), System::nanoTime);
  }

  /// @throws NotObservedException with what was seen last, when the time is over
  <T> T until(Supplier<Observation<T>> look) {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    while (true) {
      switch (look(look)) {
        case Observation.Seen<T>(var value) -> {
          return value;
        }
        case Observation.NotYet<T>(var instead) -> {
          if (nanoTime.getAsLong() >= deadline) {
            throw new NotObservedException(instead);
          }
          rest(pause);
        }
      }
    }
  }

  /// Who does not answer now may answer later.
  private static <T> Observation<T> look(Supplier<Observation<T>> look) {
    try {
      return look.get();
    } catch (NoAnswerException e) {
      return Observation.notYet(e.getMessage());
    }
  }

  /// Lets time pass, where the point is that nothing happens meanwhile.
  static void rest(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotObservedException("the demo was interrupted");
    }
  }
}
