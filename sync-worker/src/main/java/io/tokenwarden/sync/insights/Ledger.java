package io.tokenwarden.sync.insights;

import io.tokenwarden.contracts.InsightsLevel;
import java.time.LocalDate;
import java.util.Map;

/// Which days of an account were read, per level, and whether for good.
///
/// @param read day → whether it is final; a day that is not in it was not read
public record Ledger(Map<InsightsLevel, Map<LocalDate, Boolean>> read) {

  public boolean isRead(InsightsLevel level, LocalDate day) {
    return days(level).containsKey(day);
  }

  public boolean isFinal(InsightsLevel level, LocalDate day) {
    return days(level).getOrDefault(day, false);
  }

  private Map<LocalDate, Boolean> days(InsightsLevel level) {
    return read.getOrDefault(level, Map.of());
  }
}
