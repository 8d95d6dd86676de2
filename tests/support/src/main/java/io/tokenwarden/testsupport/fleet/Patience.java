package io.tokenwarden.testsupport.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks again and again until there is an answer; never longer than was said.
public record Patience(Duration limit) {
  private static final long PAUSE_MILLIS = 50;

  /// Until `ask` has an answer.
  ///
  /// @param wanted what is waited for, for the message
  /// @throws AssertionError if none comes in time
  public <T> T await(String wanted, Supplier<Optional<T>> ask) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var answer = ask.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within " + limit.toSeconds() + " s: " + wanted);
      }
      pause();
    }
  }

  public void awaitThat(String wanted, Supplier<Boolean> holds) {
    await(wanted, () -> Optional.of(true).filter(_ -> holds.get()));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
