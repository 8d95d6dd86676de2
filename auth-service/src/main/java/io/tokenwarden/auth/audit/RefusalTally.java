package io.tokenwarden.auth.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which refusals are written down in full, and which are counted.
///
/// ```
///            first                      at most as many in full
///   quiet ───────────▶ window of a kind ────────────────────────▶ quiet
///     ▲                 │ more: counted
///     │                 ▼
///     │ not many more  summed up in one entry ──┐
///     └─────────────── window that only counts ◀┘ many more
/// ```
///
/// Per kind and window there are at most as many entries as go in full and one sum; while an attack
/// goes on, there is one sum per window. One tally is one replica's.
final class RefusalTally {
  private final int inFull;
  private final Duration length;
  private final Map<RefusalKind, Window> windows = new HashMap<>();

  /// @param inFull how many of a kind are written in full in a window
  /// @param length of a window
  RefusalTally(int inFull, Duration length) {
    this.inFull = inFull;
    this.length = length;
  }

  /// What becomes of one refusal.
  enum Share {
    IN_FULL,
    /// In full, and saying that more of them will only be counted.
    LAST_IN_FULL,
    COUNTED
  }

  /// @param since when its first refusal came
  /// @param written how many were written in full
  /// @param counted how many more there were
  private record Window(Instant since, int written, long counted) {}

  /// How many more there were of a kind.
  ///
  /// @param until the end of the window, or later if it could not be summed up then
  record Sum(RefusalKind kind, Instant since, Instant until, long counted) {}

  /// One more was refused.
  Share take(RefusalKind kind, Instant now) {
    return take(kind, now, 1);
  }

  /// Some more were refused, which go into one entry if they are written in full.
  synchronized Share take(RefusalKind kind, Instant now, int times) {
    var window = windows.getOrDefault(kind, new Window(now, 0, 0));
    if (window.written() == inFull) {
      windows.put(kind, new Window(window.since(), inFull, window.counted() + times));
      return Share.COUNTED;
    }
    windows.put(kind, new Window(window.since(), window.written() + 1, 0));
    return window.written() + 1 == inFull ? Share.LAST_IN_FULL : Share.IN_FULL;
  }

  /// What is to be summed up: each is due until it was [#written]. Windows that counted nothing end
  /// here.
  synchronized List<Sum> due(Instant now) {
    return sums(now, now.minus(length));
  }

  /// What was counted so far, however short a time ago.
  synchronized List<Sum> all(Instant now) {
    return sums(now, now);
  }

  /// @param before when a window began that is over
  private List<Sum> sums(Instant now, Instant before) {
    windows.values().removeIf(window -> window.counted() == 0 && !window.since().isAfter(before));
    return windows.entrySet().stream()
        .filter(each -> each.getValue().counted() > 0 && !each.getValue().since().isAfter(before))
        .map(
            each -> new Sum(each.getKey(), each.getValue().since(), now, each.getValue().counted()))
        .toList();
  }

  /// A sum is in the audit log. What came meanwhile belongs to the next.
  synchronized void written(Sum sum) {
    windows.computeIfPresent(
        sum.kind(),
        (_, window) -> {
          var more = window.counted() - sum.counted();
          return more > 0 || sum.counted() > inFull ? new Window(sum.until(), inFull, more) : null;
        });
  }
}
