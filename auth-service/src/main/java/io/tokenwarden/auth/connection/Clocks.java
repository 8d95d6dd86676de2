package io.tokenwarden.auth.connection;

import io.tokenwarden.contracts.ExpiryClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// When the clocks of a connection run out. A person is told two weeks before, and again when it
/// gets closer; each threshold is a whole number of days before the end.
record Clocks(Map<ExpiryClock, Instant> ends) {
  /// The days before the end at which it is said, the furthest first.
  static final List<Integer> TOLD_AT = List.of(14, 7, 3, 1);

  Clocks {
    var copy = new EnumMap<ExpiryClock, Instant>(ExpiryClock.class);
    copy.putAll(ends);
    ends = Collections.unmodifiableMap(copy);
  }

  /// @param tokenEnds null if it never does; the others likewise
  static Clocks of(Instant tokenEnds, Instant dataAccessEnds, Instant rotationDue) {
    var ends = new EnumMap<ExpiryClock, Instant>(ExpiryClock.class);
    put(ends, ExpiryClock.TOKEN, tokenEnds);
    put(ends, ExpiryClock.DATA_ACCESS, dataAccessEnds);
    put(ends, ExpiryClock.ROTATION_POLICY, rotationDue);
    return new Clocks(ends);
  }

  private static void put(Map<ExpiryClock, Instant> ends, ExpiryClock clock, Instant end) {
    if (end != null) {
      ends.put(clock, end);
    }
  }

  /// The nearest threshold that has been passed: 14, 7, 3 or 1; empty if the end is further away.
  /// It stays 1 when the end is over.
  static Optional<Integer> threshold(Instant end, Instant now) {
    return TOLD_AT.reversed().stream().filter(days -> !now.isBefore(before(end, days))).findFirst();
  }

  private static Instant before(Instant end, int days) {
    return end.minus(Duration.ofDays(days));
  }

  /// When one of them next has something to say; empty if none has any more.
  Optional<Instant> nextAfter(Instant now) {
    return ends.values().stream()
        .flatMap(
            end -> Stream.concat(TOLD_AT.stream().map(days -> before(end, days)), Stream.of(end)))
        .filter(moment -> moment.isAfter(now))
        .min(Instant::compareTo);
  }

  /// The clocks after whose end Meta is to be asked whether the token still serves. What our own
  /// policy says is no news to Meta.
  boolean isOver(Instant now) {
    return Stream.of(ExpiryClock.TOKEN, ExpiryClock.DATA_ACCESS)
        .map(ends::get)
        .anyMatch(end -> end != null && !now.isBefore(end));
  }
}
