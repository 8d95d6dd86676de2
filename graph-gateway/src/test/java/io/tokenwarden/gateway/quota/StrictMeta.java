package io.tokenwarden.gateway.quota;

import java.util.ArrayDeque;
import java.util.Deque;

/// Meta as strict as it can be: no more than so many calls in any window, counted as they arrive.
public final class StrictMeta {

  private final long limit;
  private final long window;
  private final Deque<Long> arrivals = new ArrayDeque<>();
  private long counted;
  private long beyond;

  public StrictMeta(long limit, long window) {
    this.limit = limit;
    this.window = window;
  }

  /// @param at in the unit of the window; never before the arrival before
  public void arrives(long at) {
    while (!arrivals.isEmpty() && arrivals.getFirst() <= at - window) {
      arrivals.removeFirst();
    }
    arrivals.addLast(at);
    counted++;
    if (arrivals.size() > limit) {
      beyond++;
    }
  }

  /// Calls that came, those it turned away among them.
  long counted() {
    return counted;
  }

  /// Calls it would have turned away.
  public long beyond() {
    return beyond;
  }
}
