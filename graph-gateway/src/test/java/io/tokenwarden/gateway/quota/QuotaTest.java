package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.gateway.quota.Quota.Settled;
import io.tokenwarden.gateway.quota.Quota.Waiter;
import io.tokenwarden.gateway.quota.QuotaRules.Rule;
import io.tokenwarden.gateway.quota.Taking.Uncounted;
import io.tokenwarden.gateway.quota.Taking.UsedUp;
import io.tokenwarden.graph.quota.QuotaScope;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {

  private static final QuotaScope SCOPE = QuotaScope.ofAccount("1", "7", null);
  private static final Rule RULE = new Rule(100L, Duration.ofSeconds(100), false);
  private static final Duration AT_ONCE = Duration.ZERO;

  private final Quota quota = new Quota(SCOPE, RULE, 0.8);
  private long now = second(1_000);

  @Test
  void servesLanesInTheirOrderAndEachAsItCame() {
    // given
    Waiter backfill = waits(Lane.BACKFILL);
    Waiter sync = waits(Lane.SYNC);
    Waiter first = waits(Lane.INTERACTIVE);
    Waiter second = waits(Lane.INTERACTIVE);

    // when
    List<Settled> served = granted(4, 10, AT_ONCE);

    // then
    assertThat(served).extracting(Settled::waiter).containsExactly(first, second, sync, backfill);
    assertThat(served).allSatisfy(it -> assertThat(it.permit()).isNotNull());
  }

  @Test
  void letsNobodyPassWhoWaitsInTheSameLane() {
    // given
    granted(1, 1, AT_ONCE);
    waits(Lane.SYNC);

    // when, then
    assertThat(quota.take(Lane.SYNC, now)).isEmpty();
    assertThat(quota.take(Lane.BACKFILL, now)).isEmpty();
    assertThat(quota.take(Lane.INTERACTIVE, now)).isPresent();
  }

  @Test
  void asksForAsManyPermitsAsCallsWait() {
    // given
    waits(Lane.INTERACTIVE);
    waits(Lane.INTERACTIVE);

    // when
    PermitTurn turn = quota.turn(now).orElseThrow();

    // then
    assertThat(turn.wanted()).isEqualTo(2);
    assertThat(quota.turn(now)).as("one turn at a time").isEmpty();
  }

  @Test
  void refusesAtOnceWhoWouldWaitInVain() {
    // given
    Waiter patient = waits(Lane.INTERACTIVE, now + second(60));
    Waiter hasty = waits(Lane.INTERACTIVE, now + second(20));

    // when
    List<Settled> settled = granted(0, 100, Duration.ofSeconds(30));

    // then
    assertThat(settled)
        .singleElement()
        .returns(hasty, Settled::waiter)
        .returns(new UsedUp(SCOPE, Duration.ofSeconds(30)), Settled::refusal);
    assertThat(quota.giveUp(hasty, now)).isEmpty();
    now += second(10);
    assertThat(quota.giveUp(patient, now)).contains(new UsedUp(SCOPE, Duration.ofSeconds(20)));
  }

  @Test
  void boundsHowManyWait() {
    // given
    for (int i = 0; i < Quota.MOST_WAITING; i++) {
      waits(Lane.BACKFILL);
    }

    // when
    boolean waits = quota.await(waiter(Lane.INTERACTIVE, now + second(9)));

    // then
    assertThat(waits).isFalse();
    assertThat(quota.waiting()).isEqualTo(Quota.MOST_WAITING);
  }

  @Test
  void spendsItsLeaseWithoutADatabaseAndRefusesThen() {
    // given
    granted(2, 10, AT_ONCE);
    takeInVain();

    // when
    boolean spends = quota.take(Lane.INTERACTIVE, now).isPresent();
    now += second(5);
    boolean afterTheLease = quota.take(Lane.INTERACTIVE, now).isPresent();
    waits(Lane.INTERACTIVE);
    List<Settled> settled = takeInVain();

    // then
    assertThat(spends).isTrue();
    assertThat(afterTheLease).isFalse();
    assertThat(settled)
        .singleElement()
        .satisfies(it -> assertThat(it.refusal()).isInstanceOf(Uncounted.class));
  }

  @Test
  void keepsNobodyWaitingForOneTurnThatWasMissed() {
    // given
    Waiter waiter = waits(Lane.INTERACTIVE);

    // when
    List<Settled> afterOne = takeInVain();
    now += second(1);
    List<Settled> served = granted(1, 1, AT_ONCE);

    // then
    assertThat(afterOne).isEmpty();
    assertThat(served).extracting(Settled::waiter).containsExactly(waiter);
  }

  @ParameterizedTest
  @CsvSource({
    "INTERACTIVE, 99, false",
    "SYNC,        89, false",
    "SYNC,        90, true",
    "BACKFILL,    79, false",
    "BACKFILL,    80, true"
  })
  void slowsLanesDownTheSoonerTheLessTheyMatter(Lane lane, long used, boolean slowed) {
    // when
    granted(0, used, AT_ONCE);

    // then
    assertThat(quota.slows(lane)).isEqualTo(slowed);
  }

  @Test
  void givesASlowedLaneNoMoreThanWhatBecomesFree() {
    // given
    waits(Lane.BACKFILL);
    waits(Lane.BACKFILL);

    // when
    List<Settled> atOnce = granted(2, 85, AT_ONCE);
    List<Settled> soon = quota.serve(now + second(1) - 1);
    List<Settled> afterASecond = quota.serve(now + second(1));

    // then
    assertThat(atOnce).hasSize(1);
    assertThat(soon).isEmpty();
    assertThat(afterASecond).as("100 calls in 100 seconds are one each").hasSize(1);
  }

  @Test
  void asksForNoMoreThanASlowedLaneMayUse() {
    // given
    granted(1, 85, AT_ONCE);
    var _ = quota.take(Lane.BACKFILL, now).orElseThrow();
    for (int i = 0; i < 50; i++) {
      waits(Lane.BACKFILL);
    }

    // when
    long early = quota.due(now);
    now += second(1);
    PermitTurn turn = quota.turn(now).orElseThrow();

    // then
    assertThat(early).isEqualTo(now);
    assertThat(turn.wanted()).isEqualTo(1);
  }

  @Test
  void holdsNothingBackInTheShadowAndSaysWhatItWould() {
    // given
    Quota shadow = new Quota(SCOPE, new Rule(100L, Duration.ofSeconds(100), true), 0.8);
    shadow.await(waiter(Lane.BACKFILL, now + second(9)));
    var _ = shadow.turn(now).orElseThrow();

    // when
    List<Settled> served = shadow.granted(grant(1, 101, AT_ONCE), now);

    // then
    assertThat(shadow.granting()).isNull();
    assertThat(served).hasSize(1);
    assertThat(shadow.wouldRefuse()).isTrue();
  }

  @Test
  void isForgottenWhenNothingIsLeftOfIt() {
    // given
    waits(Lane.INTERACTIVE);
    Permit permit = granted(1, 0, AT_ONCE).getFirst().permit();

    // when, then
    now += second(700);
    assertThat(quota.isIdle(now, Duration.ofMinutes(10))).as("under way").isFalse();
    quota.spent(permit, now);
    assertThat(quota.isIdle(now, Duration.ofMinutes(10))).as("not told").isFalse();
    granted(0, 1, AT_ONCE);
    assertThat(quota.isIdle(now, Duration.ofMinutes(10))).isTrue();
  }

  // ---- given

  private Waiter waits(Lane lane) {
    return waits(lane, now + second(30));
  }

  private Waiter waits(Lane lane, long until) {
    Waiter waiter = waiter(lane, until);
    quota.await(waiter);
    return waiter;
  }

  private static Waiter waiter(Lane lane, long until) {
    return new Waiter(lane, until, Promise.promise());
  }

  private List<Settled> granted(long permits, long used, Duration nextFree) {
    if (quota.turn(now).isEmpty()) {
      Waiter asking = waits(Lane.INTERACTIVE);
      var _ = quota.turn(now).orElseThrow();
      var _ = quota.giveUp(asking, now);
    }
    return quota.granted(grant(permits, used, nextFree), now);
  }

  private List<Settled> takeInVain() {
    var _ = quota.turn(now);
    return quota.unanswered(now);
  }

  private static PermitGrant grant(long permits, long used, Duration nextFree) {
    return new PermitGrant(true, permits, 100L, used - permits, permits, 1, nextFree);
  }

  private static long second(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
