package io.tokenwarden.gateway.retry;

/// Counts what happened within the last minute, to the second: what is a minute old is counted
/// still, what is a second older is not. A clock that is set back stands still here.
final class LastMinute {

  private static final int SECONDS = 61;

  private final int[] counts = new int[SECONDS];
  private final long[] seconds = new long[SECONDS];
  private long latest;

  /// @param epochSecond when it happened
  void add(long epochSecond) {
    latest = Math.max(latest, epochSecond);
    int slot = Math.floorMod(latest, SECONDS);
    if (seconds[slot] != latest) {
      seconds[slot] = latest;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  long sum(long epochSecond) {
    latest = Math.max(latest, epochSecond);
    long sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      sum += seconds[slot] > latest - SECONDS ? counts[slot] : 0;
    }
    return sum;
  }
}
