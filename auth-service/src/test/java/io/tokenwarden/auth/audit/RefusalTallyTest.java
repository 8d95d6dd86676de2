package io.tokenwarden.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.audit.RefusalTally.Share;
import io.tokenwarden.auth.audit.RefusalTally.Sum;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RefusalTallyTest {
  private static final int IN_FULL = 3;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final RefusalKind FORGED = kind("FORGED");
  private static final RefusalKind STALE = kind("STALE");

  private final MutableClock clock = MutableClock.at("2026-11-22T12:00:00Z");
  private final RefusalTally tally = new RefusalTally(IN_FULL, WINDOW);

  @Test
  void takesTheFirstInFullAndCountsTheRest() {
    // when
    var shares = take(FORGED, 6);

    // then
    assertThat(shares)
        .containsExactly(
            Share.IN_FULL,
            Share.IN_FULL,
            Share.LAST_IN_FULL,
            Share.COUNTED,
            Share.COUNTED,
            Share.COUNTED);
  }

  @Test
  void whatSomebodyElseCountedIsOneEntryOrAsManyAsWereCounted() {
    // when
    tally.take(FORGED, now(), 50);
    take(FORGED, IN_FULL - 1);
    tally.take(FORGED, now(), 50);
    take(FORGED, 1);

    // then
    assertThat(tally.all(now())).extracting(Sum::counted).containsExactly(51L);
  }

  @Test
  void eachKindIsTalliedByItself() {
    // given
    take(FORGED, 10);

    // when / then
    assertThat(take(STALE, 1)).containsExactly(Share.IN_FULL);
    assertThat(tally.take(new RefusalKind("x", "x", WorkspaceId.of("other"), "FORGED"), now()))
        .isEqualTo(Share.IN_FULL);
  }

  @Test
  void saysOnceTheWindowIsOverHowManyMoreThereWere() {
    // given
    var began = now();
    take(FORGED, 10);
    clock.advance(WINDOW.minusSeconds(1));
    take(FORGED, 5);

    // when / then
    assertThat(tally.due(now())).isEmpty();

    // and when
    clock.advance(Duration.ofSeconds(1));

    // then
    assertThat(tally.due(now())).containsExactly(new Sum(FORGED, began, now(), 12));
  }

  @Test
  void whatCouldNotBeWrittenIsDueAgainWithWhatCameSince() {
    // given
    take(FORGED, 10);
    clock.advance(WINDOW);
    tally.due(now());

    // when
    take(FORGED, 2);

    // then
    assertThat(tally.due(now())).extracting(Sum::counted).containsExactly(9L);
  }

  @Test
  void whatCameWhileASumWasWrittenBelongsToTheNext() {
    // given
    take(FORGED, 10);
    clock.advance(WINDOW);
    var sum = tally.due(now()).getFirst();
    take(FORGED, 2);

    // when
    tally.written(sum);

    // then
    assertThat(tally.due(now())).isEmpty();
    clock.advance(WINDOW);
    assertThat(tally.due(now())).containsExactly(new Sum(FORGED, sum.until(), now(), 2));
  }

  @Test
  void whileItGoesOnThereIsOneSumPerWindowAndNothingInFull() {
    // given
    take(FORGED, 10);

    // when / then
    for (int i = 0; i < 5; i++) {
      clock.advance(WINDOW);
      assertThat(sumUp()).hasSize(1);
      assertThat(take(FORGED, 10)).containsOnly(Share.COUNTED);
    }
  }

  @Test
  void onceItIsOverTheNextIsTakenInFull() {
    // given
    take(FORGED, 10);
    clock.advance(WINDOW);
    sumUp();

    // when
    clock.advance(WINDOW);

    // then
    assertThat(sumUp()).isEmpty();
    assertThat(take(FORGED, 1)).containsExactly(Share.IN_FULL);
  }

  @Test
  void onceOnlyFewStillComeTheNextIsTakenInFull() {
    // given
    take(FORGED, 10);
    clock.advance(WINDOW);
    sumUp();
    take(FORGED, IN_FULL);

    // when
    clock.advance(WINDOW);

    // then
    assertThat(sumUp()).extracting(Sum::counted).containsExactly((long) IN_FULL);
    assertThat(take(FORGED, 1)).containsExactly(Share.IN_FULL);
  }

  @Test
  void asManyAsGoInFullAreNotCounted() {
    // given
    take(FORGED, IN_FULL);

    // when
    clock.advance(WINDOW);

    // then
    assertThat(sumUp()).isEmpty();
    assertThat(take(FORGED, 1)).containsExactly(Share.IN_FULL);
  }

  @Test
  void tellsAtTheEndWhatIsNotDueYet() {
    // given
    take(FORGED, 10);

    // when / then
    assertThat(tally.all(now())).extracting(Sum::counted).containsExactly(7L);
  }

  /// @param steps how many come each second; what is due is written each second
  @Property(tries = 200)
  void nothingIsForgottenAndNoWindowHasMoreEntriesThanItMay(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 9) Integer> steps) {
    // given
    var test = new RefusalTallyTest(); // jqwik keeps one instance for all tries
    var entries = 0L;
    var told = 0L;

    // when
    for (var refused : steps) {
      var inFull =
          test.take(FORGED, refused).stream().filter(each -> each != Share.COUNTED).count();
      test.clock.advance(Duration.ofSeconds(1));
      var sums = test.sumUp();
      entries += inFull + sums.size();
      told += inFull + counted(sums);
    }
    told += counted(test.tally.all(test.now()));

    // then
    assertThat(told).isEqualTo(steps.stream().mapToLong(Integer::longValue).sum());
    var windows = steps.size() / WINDOW.toSeconds() + 1;
    assertThat(entries).isLessThanOrEqualTo(windows * (IN_FULL + 1));
  }

  private static long counted(List<Sum> sums) {
    return sums.stream().mapToLong(Sum::counted).sum();
  }

  private List<Share> take(RefusalKind kind, int refusals) {
    return Stream.generate(() -> tally.take(kind, now())).limit(refusals).toList();
  }

  private List<Sum> sumUp() {
    var due = tally.due(now());
    due.forEach(tally::written);
    return due;
  }

  private Instant now() {
    return clock.instant();
  }

  private static RefusalKind kind(String what) {
    return new RefusalKind("unknown", "meta.callback.refused", WorkspaceId.ALL, what);
  }
}
