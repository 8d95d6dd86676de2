package io.tokenwarden.sync.insights;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/// What the ledger says about one day at one level.
///
/// @param rows, spend, readAt, generation null if the day was not read; generation also if the
///   gateway did not say
public record CoverageDay(
    LocalDate date, State state, Integer rows, BigDecimal spend, Instant readAt, Long generation) {

  /// How much a day can be relied on.
  public enum State {
    /// Not read yet.
    MISSING,
    /// Read, and Meta may still restate it.
    PROVISIONAL,
    /// Read after Meta's last restatement.
    FINAL,
    /// Not read, and now too old for Meta to give it.
    UNRECOVERABLE
  }

  static CoverageDay unread(LocalDate day, LocalDate oldestDay) {
    var state = day.isBefore(oldestDay) ? State.UNRECOVERABLE : State.MISSING;
    return new CoverageDay(day, state, null, null, null, null);
  }
}
