package io.tokenwarden.twin.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Quota APP = new Quota.OfApp("1");
  private static final Quota USER = new Quota.OfUser("2");
  private static final Quota INSIGHTS = new Quota.OfAccount("1", "3", Quota.UseCase.ADS_INSIGHTS);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 500_000_000);
  private final Limits limits = new Limits(now::get);

  @Test
  void letsEverythingThroughWhereNoLimitIsSet() {
    assertThat(limits.judge(List.of(APP, USER)).refusedBy()).isEmpty();
    assertThat(limits.judge(List.of(APP)).readings()).isEmpty();
    assertThat(limits.all()).isEmpty();
  }

  @Test
  void countsACallForExactlyOneWindow() {
    // given
    limits.set(strict(QuotaKind.APP, 2));
    call(APP);
    pass(400);
    call(APP);

    // when, then
    pass(599);
    assertThat(call(APP)).isFalse();
    pass(1);
    assertThat(call(APP)).isTrue();
    assertThat(call(APP)).isFalse();
    assertThat(meter(QuotaKind.APP))
        .extracting(Meter::admitted, Meter::refused)
        .containsExactly(3L, 2L);
  }

  @Test
  void neverLetsMoreThroughThanTheLimitInAnyWindow() {
    // given
    limits.set(strict(QuotaKind.APP, 7));
    var random = new Random(4711);
    var admitted = new ArrayList<Long>();

    // when
    for (var call = 0; call < 5_000; call++) {
      now.addAndGet(random.nextLong(200_000_000));
      if (call(APP)) {
        admitted.add(now.get());
      }
    }

    // then
    assertThat(admitted).hasSizeGreaterThan(3_000);
    assertThat(IntStream.range(7, admitted.size()))
        .allSatisfy(i ->
            assertThat(admitted.get(i) - admitted.get(i - 7))
                .isGreaterThanOrEqualTo(SECOND.toNanos()));
  }

  @Test
  void isExactHoweverManyCallAtOnce() throws InterruptedException {
    // given
    limits.set(strict(QuotaKind.APP, 1_000));
    var begin = new CountDownLatch(1);
    try (var callers = Executors.newFixedThreadPool(16)) {
      for (var caller = 0; caller < 16; caller++) {
        var _ =
            callers.submit(() -> {
              begin.await();
              IntStream.range(0, 500).forEach(_ -> call(APP));
              return null;
            });
      }

      // when
      begin.countDown();
    }

    // then
    assertThat(meter(QuotaKind.APP))
        .extracting(Meter::admitted, Meter::refused, Meter::worstWindow)
        .containsExactly(1_000L, 7_000L, 8_000);
  }

  @Test
  void prolongsTheWaitOfWhoCallsWhileRefusedWhereThatCounts() {
    // given
    limits.set(new Limit(QuotaKind.APP, 1, SECOND, true, 0, Duration.ZERO));
    call(APP);
    pass(900);
    assertThat(call(APP)).isFalse();

    // when, then
    pass(100);
    assertThat(call(APP)).isFalse();
    pass(1_000);
    assertThat(call(APP)).isTrue();
  }

  @Test
  void tellsWhenThereWillBeRoom() {
    // given
    limits.set(strict(QuotaKind.APP, 1));
    limits.set(new Limit(QuotaKind.ACCOUNT, 1, Duration.ofMinutes(3), false, 0, Duration.ZERO));
    call(APP);
    call(INSIGHTS);

    // when
    pass(250);

    // then
    assertThat(limits.judge(List.of(APP)).readings().get(APP))
        .isEqualTo(new Reading(100, Duration.ofMillis(750)));
    assertThat(limits.judge(List.of(INSIGHTS)).readings().get(INSIGHTS))
        .isEqualTo(new Reading(100, Duration.ofMinutes(3)));
  }

  @Test
  void countsCallsThatComeBeforeTheTimeThatWasTold() {
    // given
    limits.set(new Limit(QuotaKind.APP, 1, SECOND, false, 0, Duration.ofMillis(100)));
    call(APP);
    call(APP);
    pass(99);
    call(APP);

    // when
    pass(1);
    call(APP);
    pass(899);
    call(APP);
    pass(1);
    call(APP);

    // then
    assertThat(meter(QuotaKind.APP).duringBlock()).isEqualTo(2);
  }

  @Test
  void takesRoomForOthers() {
    // given
    limits.set(new Limit(QuotaKind.APP, 10, SECOND, false, 5, Duration.ZERO));
    call(APP);

    // when
    pass(1_000);
    var admitted = IntStream.range(0, 10).filter(_ -> call(APP)).count();

    // then
    assertThat(admitted).isEqualTo(5);
    assertThat(meter(QuotaKind.APP).hidden()).isEqualTo(5);
  }

  @Test
  void needsRoomInEveryQuotaACallUses() {
    // given
    limits.set(strict(QuotaKind.APP, 5));
    limits.set(strict(QuotaKind.USER, 1));
    limits.judge(List.of(APP, USER));

    // when
    var verdict = limits.judge(List.of(APP, USER));

    // then
    assertThat(verdict.refusedBy()).contains(USER);
    assertThat(verdict.readings().get(APP).percent()).isEqualTo(20);
    assertThat(meter(QuotaKind.APP).duringBlock()).isZero();
  }

  @Test
  void beginsAnewWithAnotherLimit() {
    // given
    limits.set(strict(QuotaKind.APP, 1));
    call(APP);

    // when
    limits.set(strict(QuotaKind.APP, 1));

    // then
    assertThat(call(APP)).isTrue();
  }

  @Test
  void refusesLimitsThatCannotBe() {
    assertThatThrownBy(() -> strict(QuotaKind.APP, 0)).hasMessageContaining("limit");
    assertThatThrownBy(() -> strict(null, 1)).hasMessageContaining("scope");
    assertThatThrownBy(() -> new Limit(QuotaKind.APP, 1, SECOND, false, Double.NaN, Duration.ZERO))
        .hasMessageContaining("hiddenPerSecond");
  }

  private static Limit strict(QuotaKind kind, int calls) {
    return new Limit(kind, calls, SECOND, false, 0, Duration.ZERO);
  }

  private boolean call(Quota quota) {
    return limits.judge(List.of(quota)).refusedBy().isEmpty();
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private Meter meter(QuotaKind kind) {
    return limits.meters(kind).getFirst();
  }
}
