package io.tokenwarden.twin.runs;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The reports asked for since the start.
@Singleton
public final class ReportRuns {

  private static final long FIRST_RUN = 6_000_000_000_000_000L;

  private final Map<String, ReportRun> runs = new ConcurrentHashMap<>();
  private final AtomicLong last;
  private volatile RunHabit habit = RunHabit.USUAL;

  @Inject
  ReportRuns(Clock clock) {
    this.last = new AtomicLong(FIRST_RUN + clock.millis() * 100);
  }

  public ReportRun start(String accountId, String subject, Map<String, String> parameters) {
    var id = Long.toString(last.incrementAndGet());
    var run =
        new ReportRun(id, accountId, subject, Map.copyOf(parameters), habit, new AtomicInteger());
    runs.put(id, run);
    return run;
  }

  public Optional<ReportRun> of(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /// How runs go that are started from now on.
  public void go(RunHabit newHabit) {
    habit = newHabit;
  }

  public RunHabit habit() {
    return habit;
  }
}
