package io.tokenwarden.sync.run;

import static io.tokenwarden.contracts.InsightsLevel.ACCOUNT;
import static io.tokenwarden.contracts.InsightsLevel.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.graphclient.Priority;
import io.tokenwarden.sync.insights.DayRange;
import io.tokenwarden.sync.insights.Ledger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final List<InsightsLevel> LEVELS = List.of(ACCOUNT, CAMPAIGN);

  @Test
  void readsTodayAndYesterdayIfNothingElseIsMissing() {
    // given
    var ledger = read(TODAY.minusDays(90), TODAY, TODAY.minusDays(30));

    // when
    var pieces = plan(false, ledger, 90).pieces(LEVELS);

    // then
    var days = new DayRange(TODAY.minusDays(1), TODAY);
    assertThat(pieces)
        .containsExactly(
            new Piece(ACCOUNT, days, Priority.SYNC), new Piece(CAMPAIGN, days, Priority.SYNC));
  }

  @Test
  void readsAgainAllThatIsNotFinalIfTheRunIsFull() {
    // given
    var ledger = read(TODAY.minusDays(90), TODAY, TODAY.minusDays(30));

    // when
    var pieces = plan(true, ledger, 90).pieces(List.of(ACCOUNT));

    // then
    assertThat(pieces)
        .containsExactly(
            new Piece(ACCOUNT, new DayRange(TODAY.minusDays(29), TODAY), Priority.SYNC));
  }

  @Test
  void readsEverythingAtFirstNewestFirstAMonthAtATime() {
    // when
    var pieces = plan(true, new Ledger(Map.of()), 90).pieces(LEVELS);

    // then
    assertThat(pieces)
        .extracting(Piece::level)
        .containsExactly(
            ACCOUNT, CAMPAIGN, ACCOUNT, CAMPAIGN, ACCOUNT, CAMPAIGN, ACCOUNT, CAMPAIGN);
    assertThat(pieces.stream().filter(piece -> piece.level() == ACCOUNT).map(Piece::days))
        .containsExactly(
            new DayRange(TODAY.minusDays(29), TODAY),
            new DayRange(TODAY.minusDays(59), TODAY.minusDays(30)),
            new DayRange(TODAY.minusDays(89), TODAY.minusDays(60)),
            new DayRange(TODAY.minusDays(90), TODAY.minusDays(90)));
  }

  @Test
  void letsOldDaysWaitBehindThoseThatPeopleLookAt() {
    // when
    var pieces = plan(true, new Ledger(Map.of()), 90).pieces(List.of(ACCOUNT));

    // then
    assertThat(pieces)
        .extracting(Piece::priority)
        .containsExactly(Priority.SYNC, Priority.BACKFILL, Priority.BACKFILL, Priority.BACKFILL);
  }

  @Test
  void closesAGapInTheMiddleWithALightRunToo() {
    // given
    var days = new HashMap<LocalDate, Boolean>();
    TODAY.minusDays(10).datesUntil(TODAY.plusDays(1)).forEach(day -> days.put(day, false));
    days.remove(TODAY.minusDays(5));
    days.remove(TODAY.minusDays(4));

    // when
    var pieces = plan(false, new Ledger(Map.of(ACCOUNT, days)), 10).pieces(List.of(ACCOUNT));

    // then
    assertThat(pieces)
        .extracting(Piece::days)
        .containsExactly(
            new DayRange(TODAY.minusDays(1), TODAY),
            new DayRange(TODAY.minusDays(5), TODAY.minusDays(4)));
  }

  /// P10: whatever the ledger holds, a run leaves no day out that it should read, and reads none
  /// twice.
  @Property(tries = 300)
  void coversExactlyTheDaysThatNeedIt(
      @ForAll long seed, @ForAll boolean full, @ForAll @IntRange(min = 0, max = 120) int back) {
    // given
    var random = new Random(seed);
    var read = new HashMap<LocalDate, Boolean>();
    TODAY
        .minusDays(back)
        .datesUntil(TODAY.plusDays(1))
        .filter(_ -> random.nextInt(4) > 0)
        .forEach(day -> read.put(day, random.nextBoolean()));
    var ledger = new Ledger(Map.of(ACCOUNT, read));

    // when
    var pieces = plan(full, ledger, back).pieces(List.of(ACCOUNT));

    // then
    var planned = pieces.stream().flatMap(piece -> piece.days().days()).toList();
    var needed = new HashSet<LocalDate>();
    TODAY
        .minusDays(back)
        .datesUntil(TODAY.plusDays(1))
        .filter(day ->
            !day.isBefore(TODAY.minusDays(1)) || !read.containsKey(day) || (full && !read.get(day)))
        .forEach(needed::add);
    assertThat(planned).doesNotHaveDuplicates();
    assertThat(new HashSet<>(planned)).isEqualTo(needed);
    assertThat(pieces).allMatch(piece -> piece.days().length() <= RunPlan.LONGEST_PIECE);
  }

  private static RunPlan plan(boolean full, Ledger ledger, int back) {
    return new RunPlan(TODAY, TODAY.minusDays(back), TODAY.minusDays(29), full, ledger);
  }

  private static Ledger read(LocalDate from, LocalDate to, LocalDate finalTo) {
    var days = new HashMap<LocalDate, Boolean>();
    from.datesUntil(to.plusDays(1)).forEach(day -> days.put(day, !day.isAfter(finalTo)));
    return new Ledger(Map.of(ACCOUNT, days, CAMPAIGN, days));
  }
}
