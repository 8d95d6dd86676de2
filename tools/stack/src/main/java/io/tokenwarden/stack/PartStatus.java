package io.tokenwarden.stack;

import java.time.Duration;
import java.util.Optional;

/// How one process of the stack is.
///
/// @param name the process
/// @param address where it listens
/// @param state what it does
/// @param pid while it runs
/// @param took how long it needed to come up, once it has
/// @param restarts how often it was started again
public record PartStatus(
    String name,
    String address,
    State state,
    Optional<Long> pid,
    Optional<Duration> took,
    int restarts) {

  PartStatus again() {
    return new PartStatus(name, address, state, pid, took, restarts + 1);
  }

  /// The life of a process under supervision.
  public enum State {
    WAITING,
    STARTING,
    UP,
    /// It died and is about to be started again.
    DOWN,
    STOPPING,
    STOPPED
  }
}
