package io.tokenwarden.sync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.States;
import io.tokenwarden.sync.health.Readability;
import io.tokenwarden.sync.health.Readability.ReadableVia;
import io.tokenwarden.sync.health.Readability.Unknown;
import io.tokenwarden.sync.health.Readability.Unreadable;
import io.tokenwarden.sync.schedule.Schedule.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final ConnectionId CONNECTION = new ConnectionId(new UUID(0, 1));
  private static final Readability READABLE = new ReadableVia(CONNECTION);

  private final Schedule schedule =
      Schedule.of(
          WorkspaceId.of("demo"),
          AdAccountId.of("42"),
          ZoneId.of("Europe/Berlin"),
          TODAY.minusDays(90),
          NOW);

  @Test
  void startsRunningWithoutAWord() {
    // when
    var change = schedule.follow(READABLE, NOW);

    // then
    assertThat(change).isEqualTo(Change.NONE);
    assertThat(schedule.visibleState()).isEqualTo(ScheduleState.RUNNING);
    assertThat(schedule.revision()).isEqualTo(1);
    assertThat(schedule.via()).contains(CONNECTION);
    assertThat(schedule.nextRunAt()).isEqualTo(NOW);
    assertThat(schedule.wantsFullRun(TODAY)).isTrue();
  }

  @Test
  void startsBlockedIfNobodyCanReadAndSaysSo() {
    // when
    var change = schedule.follow(unreadable(Reason.EXPIRED), NOW);

    // then
    assertThat(change).isEqualTo(Change.BLOCKED);
    assertThat(schedule.revision()).isEqualTo(1);
  }

  @Test
  void blocksOnceHoweverOftenItHearsOfTheSameCause() {
    // given
    schedule.follow(READABLE, NOW);

    // when
    var first = schedule.follow(unreadable(Reason.EXPIRED), NOW);
    var again = schedule.follow(unreadable(Reason.EXPIRED), LATER);

    // then
    assertThat(first).isEqualTo(Change.BLOCKED);
    assertThat(again).isEqualTo(Change.NONE);
    assertThat(schedule.revision()).isEqualTo(2);
    assertThat(schedule.via()).isEmpty();
  }

  @Test
  void saysSoIfTheCauseBecomesAnother() {
    // given
    schedule.follow(READABLE, NOW);
    schedule.follow(unreadable(Reason.EXPIRED), NOW);

    // when
    var change = schedule.follow(unreadable(Reason.APP_REMOVED), LATER);

    // then
    assertThat(change).isEqualTo(Change.BLOCKED);
    assertThat(schedule.causes().getFirst().reason()).isEqualTo(Reason.APP_REMOVED);
    assertThat(schedule.revision()).isEqualTo(3);
  }

  @Test
  void resumesAtOnceAndWantsTheGap() {
    // given
    schedule.follow(READABLE, NOW);
    schedule.completed(NOW, NOW, NOW.plusSeconds(900), Optional.of(TODAY));
    schedule.failed(NOW, NOW, NOW.plusSeconds(900), "TOKEN_INVALIDATED");
    schedule.follow(unreadable(Reason.EXPIRED), NOW);

    // when
    var change = schedule.follow(READABLE, LATER);

    // then
    assertThat(change).isEqualTo(Change.RESUMED);
    assertThat(schedule.nextRunAt()).isEqualTo(LATER);
    assertThat(schedule.wantsFullRun(TODAY)).isTrue();
    assertThat(schedule.attempts()).isZero();
    assertThat(schedule.causes()).isEmpty();
  }

  @Test
  void staysWhatItIsAsLongAsNothingIsKnown() {
    // given
    schedule.follow(unreadable(Reason.EXPIRED), NOW);

    // when
    var change = schedule.follow(new Unknown(), LATER);

    // then
    assertThat(change).isEqualTo(Change.NONE);
    assertThat(schedule.visibleState()).isEqualTo(ScheduleState.BLOCKED);
  }

  @Test
  void pauseHidesWhatHappensUntilItIsResumed() {
    // given
    schedule.follow(READABLE, NOW);
    schedule.pause(NOW);

    // when
    var whilePaused = schedule.follow(unreadable(Reason.EXPIRED), NOW);
    var resumed = schedule.resume(LATER);

    // then
    assertThat(whilePaused).isEqualTo(Change.NONE);
    assertThat(resumed).isEqualTo(Change.BLOCKED);
  }

  @Test
  void resumingAPausedScheduleClosesTheGap() {
    // given
    schedule.follow(READABLE, NOW);
    schedule.completed(NOW, NOW, NOW.plusSeconds(900), Optional.of(TODAY));
    schedule.pause(NOW);

    // when
    var change = schedule.resume(LATER);

    // then
    assertThat(change).isEqualTo(Change.RESUMED);
    assertThat(schedule.wantsFullRun(TODAY)).isTrue();
  }

  @Test
  void doesTheFullReadOnceADay() {
    // given
    schedule.follow(READABLE, NOW);

    // when
    schedule.completed(NOW, NOW, NOW.plusSeconds(900), Optional.of(TODAY));

    // then
    assertThat(schedule.wantsFullRun(TODAY)).isFalse();
    assertThat(schedule.wantsFullRun(TODAY.plusDays(1))).isTrue();
  }

  @Test
  void heedsARequestThatCameDuringTheRun() {
    // given
    schedule.follow(READABLE, NOW);
    schedule.requestFullRun(LATER);

    // when
    schedule.completed(NOW, LATER, NOW.plusSeconds(900), Optional.of(TODAY));

    // then
    assertThat(schedule.nextRunAt()).isEqualTo(LATER);
    assertThat(schedule.wantsFullRun(TODAY)).isTrue();
  }

  private static Readability unreadable(Reason reason) {
    return new Unreadable(
        List.of(
            States.condition(CONNECTION, ConditionKind.AUTH_EXPIRED, reason, Remedy.RECONNECT)));
  }
}
