package io.tokenwarden.testsupport.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks again and again until there is an answer; never longer than was said.
///
/// @param pause between two questions
public record Patience(Duration limit, Duration pause) {
  private static final Duration USUAL_PAUSE = Duration.ofMillis(50);

  public Patience(Duration limit) {
    this(limit, USUAL_PAUSE);
  }

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
      rest();
    }
  }

  public void awaitThat(String wanted, Supplier<Boolean> holds) {
    await(wanted, () -> Optional.of(true).filter(_ -> holds.get()));
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
