package io.tokenwarden.sync.insights;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/// Days of an ad account, both ends included.
public record DayRange(LocalDate from, LocalDate to) {
  public DayRange {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("from is not after to");
    }
  }

  public Stream<LocalDate> days() {
    return from.datesUntil(to.plusDays(1));
  }

  public long length() {
    return ChronoUnit.DAYS.between(from, to) + 1;
  }

  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }
}
