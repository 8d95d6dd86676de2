package io.tokenwarden.fire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What happens in a round, and when. Steps that take long do not hold up the others.
final class Script {
  private static final int SIDE_BY_SIDE = 32;

  private final List<Step> steps = new ArrayList<>();

  /// @param at after the beginning of the round
  private record Step(Duration at, String what, Callable<?> deed) {
    @Override
    public String toString() {
      return "%5d ms  %s".formatted(at.toMillis(), what);
    }
  }

  void add(Duration at, String what, Callable<?> deed) {
    steps.add(new Step(at, what, deed));
  }

  /// Takes every step at its time, and returns when all are done. What a step throws does not
  /// matter: in a fire, much fails.
  void play() {
    try (var threads = Executors.newScheduledThreadPool(SIDE_BY_SIDE)) {
      var begun = new ArrayList<Future<?>>();
      for (var step : steps) {
        begun.add(threads.schedule(step.deed(), step.at().toMillis(), TimeUnit.MILLISECONDS));
      }
      begun.forEach(Script::awaitEnd);
    }
  }

  private static void awaitEnd(Future<?> step) {
    try {
      step.get();
    } catch (ExecutionException _) {
      // a person meets an error page, a process is dead already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// In one line.
  String brief() {
    return inOrder().map(Step::what).collect(Collectors.joining(", "));
  }

  private Stream<Step> inOrder() {
    return steps.stream().sorted(Comparator.comparing(Step::at));
  }

  /// One step per line, with its time.
  @Override
  public String toString() {
    return inOrder().map(Step::toString).collect(Collectors.joining("\n"));
  }
}
