package io.tokenwarden.sync.run;

import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.graphclient.Priority;
import io.tokenwarden.sync.insights.DayRange;
import io.tokenwarden.sync.insights.Ledger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Which days a run reads: today and yesterday, and whatever is missing; a full run also reads
/// again all that Meta may still restate. What was missed is found in the ledger, so a gap is
/// closed whatever tore it.
///
/// @param today of the account
/// @param from the first day that is wanted and that Meta still gives
/// @param restateFrom days before it are read with low priority
/// @param full whether days that were read but are not final are read again
record RunPlan(
    LocalDate today, LocalDate from, LocalDate restateFrom, boolean full, Ledger ledger) {
  /// Meta answers long ranges slowly or not at all; a month does well.
  static final int LONGEST_PIECE = 30;

  /// Newest first; of the same days, in the order of the levels.
  List<Piece> pieces(List<InsightsLevel> levels) {
    return levels.stream()
        .flatMap(
            level -> ranges(day -> isNeeded(level, day)).stream().map(days -> piece(level, days)))
        .sorted(Comparator.comparing((Piece piece) -> piece.days().to()).reversed())
        .toList();
  }

  private boolean isNeeded(InsightsLevel level, LocalDate day) {
    return !day.isBefore(today.minusDays(1))
        || !ledger.isRead(level, day)
        || (full && !ledger.isFinal(level, day));
  }

  private Piece piece(InsightsLevel level, DayRange days) {
    var priority = days.to().isBefore(restateFrom) ? Priority.BACKFILL : Priority.SYNC;
    return new Piece(level, days, priority);
  }

  /// Unbroken ranges of needed days, none longer than [#LONGEST_PIECE], from the newest.
  private List<DayRange> ranges(Predicate<LocalDate> needed) {
    var ranges = new ArrayList<DayRange>();
    LocalDate to = null;
    for (var day = today; !day.isBefore(from); day = day.minusDays(1)) {
      if (to != null && (!needed.test(day) || new DayRange(day, to).length() > LONGEST_PIECE)) {
        ranges.add(new DayRange(day.plusDays(1), to));
        to = null;
      }
      if (to == null && needed.test(day)) {
        to = day;
      }
    }
    if (to != null) {
      ranges.add(new DayRange(from, to));
    }
    return ranges;
  }
}
