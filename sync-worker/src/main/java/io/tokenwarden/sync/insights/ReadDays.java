package io.tokenwarden.sync.insights;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// All that Meta had at one level for some days of an account.
///
/// @param readAt when reading began
/// @param generation of the token with which it was read; null if the gateway did not say
public record ReadDays(
    WorkspaceId workspace,
    AdAccountId adAccount,
    ZoneId zone,
    InsightsLevel level,
    DayRange days,
    Instant readAt,
    Long generation,
    List<InsightsRow> rows) {

  /// Whether the day was read long enough after its end that Meta restates it no more.
  boolean isFinal(LocalDate day, Duration restateWindow) {
    var settled = day.plusDays(1 + restateWindow.toDays()).atStartOfDay(zone).toInstant();
    return !readAt.isBefore(settled);
  }
}
