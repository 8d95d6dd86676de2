package io.tokenwarden.gateway.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often each attempt was made that was not told yet. The first of a kind is due at once, what
/// comes after it a while later, as one sum. Of too many kinds, it is not kept by whom they were.
final class AttemptTally {

  private final int most;
  private final Duration pause;
  private final Map<Attempt, Window> windows = new HashMap<>();

  /// @param most kinds that are kept apart
  /// @param pause between two times that a kind is told
  AttemptTally(int most, Duration pause) {
    this.most = most;
    this.pause = pause;
  }

  /// @param since when the first came that was not told
  /// @param told when it was told last; null if never
  private record Window(int times, Instant since, Instant until, Instant told) {}

  /// So often it was tried.
  record Sum(Attempt attempt, int times, Instant since, Instant until) {}

  synchronized void add(Attempt attempt, Instant now) {
    boolean known = windows.containsKey(attempt) || windows.size() < most;
    Attempt kind = known ? attempt : attempt.ofAnybody();
    Window before = windows.getOrDefault(kind, new Window(0, now, now, null));
    windows.put(
        kind,
        new Window(
            before.times == Integer.MAX_VALUE ? before.times : before.times + 1,
            before.times == 0 ? now : before.since,
            now,
            before.told));
  }

  /// What is to be told by then. It stays due until it was [#told].
  ///
  /// @param limit at most so many
  synchronized List<Sum> due(Instant now, int limit) {
    windows.values().removeIf(window -> window.times == 0 && !isPausing(window, now));
    List<Sum> due = new ArrayList<>();
    windows.forEach((attempt, window) -> {
      if (window.times > 0 && !isPausing(window, now) && due.size() < limit) {
        due.add(new Sum(attempt, window.times, window.since, window.until));
      }
    });
    return due;
  }

  private boolean isPausing(Window window, Instant now) {
    return window.told != null && now.isBefore(window.told.plus(pause));
  }

  /// What came meanwhile belongs to the next sum.
  synchronized void told(List<Sum> sums, Instant now) {
    sums.forEach(sum ->
        windows.computeIfPresent(
            sum.attempt,
            (_, window) -> new Window(window.times - sum.times, sum.until, window.until, now)));
  }
}
