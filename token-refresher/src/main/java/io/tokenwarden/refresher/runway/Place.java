package io.tokenwarden.refresher.runway;

import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.service.Problems;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// A place in the list of ends: after this one the next page begins.
record Place(Instant end, UUID connection, ExpiryClock clock) {
  private static final Place START =
      new Place(Instant.EPOCH, new UUID(0, 0), ExpiryClock.DATA_ACCESS);

  static Place of(Ending ending) {
    return new Place(ending.endsAt(), ending.connectionId().value(), ending.clock());
  }

  /// @param text as [#toString] wrote it; null for the beginning
  /// @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it is none
  static Place parse(String text) {
    if (text == null || text.isEmpty()) {
      return START;
    }
    var parts = text.split("_", 3);
    try {
      return new Place(
          Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
          UUID.fromString(parts[1]),
          ExpiryClock.valueOf(parts[2]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      throw Problems.badRequest("after is the next of the page before");
    }
  }

  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, end) + "_" + connection + "_" + clock;
  }
}
