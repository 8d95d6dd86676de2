package io.tokenwarden.stack;

import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.stack.PartStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps one part running: starts it, waits until it serves, and starts it again when it dies,
/// after a pause that doubles from half a second to thirty while it keeps dying.
///
/// ```
/// WAITING → STARTING → UP ⇄ DOWN        stop → STOPPING → STOPPED
///               ↑            │
///               └────────────┘
/// ```
final class Supervisor {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final Duration ASK_EVERY = Duration.ofMillis(100);

  private final Part part;
  private final InstantSource clock;
  private final Consumer<PartStatus> listener;
  private volatile PartStatus status;
  private volatile boolean stopping;
  private volatile Thread watch;
  private volatile Thread starting;

  Supervisor(Part part, InstantSource clock, Consumer<PartStatus> listener) {
    this.part = part;
    this.clock = clock;
    this.listener = listener;
    this.status =
        new PartStatus(
            part.name(), part.address(), State.WAITING, Optional.empty(), Optional.empty(), 0);
  }

  PartStatus status() {
    return status;
  }

  /// Starts the part and returns when it serves; from then on it is kept running.
  ///
  /// @throws StackException if it does not come up
  void start() {
    var process = bringUp();
    watch = Thread.ofVirtual().name("watch-" + part.name()).start(() -> keepUp(process));
  }

  private ChildProcess bringUp() {
    var begin = clock.instant();
    starting = Thread.currentThread();
    try {
      become(State.STARTING, Optional.empty(), status.took());
      var process = launch();
      become(State.STARTING, Optional.of(process.pid()), status.took());
      awaitReady(process, begin.plus(PATIENCE));
      var took = Duration.between(begin, clock.instant());
      become(State.UP, Optional.of(process.pid()), Optional.of(took));
      return process;
    } catch (IllegalStateException e) {
      part.stop();
      throw new StackException(part.name() + " does not come up. " + e.getMessage(), e);
    } finally {
      starting = null;
    }
  }

  private ChildProcess launch() {
    if (stopping) {
      throw new IllegalStateException("The stack stops.");
    }
    return part.start();
  }

  private void awaitReady(ChildProcess process, Instant deadline) {
    while (!part.isReady()) {
      if (process.awaitExit(ASK_EVERY)) {
        throw new IllegalStateException("It ended while starting.\n" + process.tail());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("Interrupted.");
      }
      if (clock.instant().isAfter(deadline)) {
        throw new IllegalStateException(
            "Not ready after " + PATIENCE.toSeconds() + " s.\n" + process.tail());
      }
    }
  }

  private void keepUp(ChildProcess first) {
    var pause = FIRST_PAUSE;
    var process = Optional.of(first);
    while (!stopping) {
      var begin = clock.instant();
      process.ifPresent(running -> running.onExit().join());
      if (stopping) {
        return;
      }
      boolean steady = Duration.between(begin, clock.instant()).compareTo(STEADY) > 0;
      pause = steady ? FIRST_PAUSE : pause;
      status = status.again();
      become(State.DOWN, Optional.empty(), status.took());
      if (!sleep(pause)) {
        return;
      }
      pause = doubled(pause);
      process = tryAgain();
    }
  }

  private Optional<ChildProcess> tryAgain() {
    try {
      return Optional.of(bringUp());
    } catch (StackException _) {
      return Optional.empty();
    }
  }

  private static Duration doubled(Duration pause) {
    var next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  /// Ends the part and the supervision.
  void stop() {
    stopping = true;
    interrupt(watch);
    interrupt(starting);
    if (status.state() != State.WAITING) {
      become(State.STOPPING, status.pid(), status.took());
      part.stop();
    }
    become(State.STOPPED, Optional.empty(), status.took());
  }

  private static void interrupt(Thread thread) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void become(State state, Optional<Long> pid, Optional<Duration> took) {
    if (!stopping || state == State.STOPPING || state == State.STOPPED) {
      status = new PartStatus(part.name(), part.address(), state, pid, took, status.restarts());
      listener.accept(status);
    }
  }
}
