package io.tokenwarden.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Asks again and again until something holds, within limits.
record Wait(Duration patience) {

  private static final long PAUSE_MILLIS = 50;

  static Wait upTo(Duration patience) {
    return new Wait(patience);
  }

  /// Whether the condition came to hold. An interrupt ends the wait and stays set.
  boolean until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !pause()) {
        return false;
      }
    }
    return true;
  }

  /// Waits the whole time; true unless interrupted.
  boolean expires() {
    return !until(() -> false) && !Thread.currentThread().isInterrupted();
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
