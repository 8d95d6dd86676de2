package io.tokenwarden.refresher.runway;

import io.tokenwarden.contracts.ExpiryClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// What ends within a time.
///
/// @param items the nearest end first
/// @param weeks of all pages: how much ends in each week, those in which nothing does left out
/// @param next what to ask with for the following page; null on the last one
record Runway(Instant asOf, List<Ending> items, List<Week> weeks, String next) {

  /// @param from its Monday, in UTC
  /// @param ends how many, by clock
  record Week(LocalDate from, Map<ExpiryClock, Long> ends) {}
}
