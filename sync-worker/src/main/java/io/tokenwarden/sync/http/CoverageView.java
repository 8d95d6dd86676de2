package io.tokenwarden.sync.http;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.insights.CoverageDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// Which days of an ad account were read at one level.
///
/// @param dataFreshUntil when the account was last read at this level; null if never
record CoverageView(
    WorkspaceId workspaceId,
    AdAccountId adAccountId,
    InsightsLevel level,
    LocalDate from,
    LocalDate to,
    Instant dataFreshUntil,
    List<Day> days) {

  /// @param state `missing`, `provisional`, `final` or `unrecoverable`
  /// @param spend decimal, in the account's currency; null, as the rest, if the day was not read
  record Day(
      LocalDate date, String state, Integer rows, String spend, Instant readAt, Long generation) {

    static Day of(CoverageDay day) {
      return new Day(
          day.date(),
          day.state().name().toLowerCase(Locale.ROOT),
          day.rows(),
          day.spend() == null ? null : day.spend().toPlainString(),
          day.readAt(),
          day.generation());
    }
  }
}
