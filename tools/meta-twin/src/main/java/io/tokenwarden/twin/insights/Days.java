package io.tokenwarden.twin.insights;

import java.time.LocalDate;
import java.util.stream.Stream;

/// A range of calendar days, both ends included.
public record Days(LocalDate since, LocalDate until) {

  public Days {
    if (since.isAfter(until)) {
      throw new IllegalArgumentException("%s is after %s".formatted(since, until));
    }
  }

  public static Days last(int count, LocalDate until) {
    return new Days(until.minusDays(count - 1L), until);
  }

  Stream<LocalDate> each() {
    return since.datesUntil(until.plusDays(1));
  }
}
