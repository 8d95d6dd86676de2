package io.tokenwarden.cli.demo;

import java.time.LocalDate;
import java.util.List;

/// Some days of an ad account, both ends included.
record Days(LocalDate from, LocalDate to) {

  static Days last(int count, AdAccount account) {
    var today = account.today();
    return new Days(today.minusDays(count - 1L), today);
  }

  List<LocalDate> each() {
    return from.datesUntil(to.plusDays(1)).toList();
  }
}
