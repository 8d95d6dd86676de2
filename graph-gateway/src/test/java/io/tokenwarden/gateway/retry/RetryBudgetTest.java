package io.tokenwarden.gateway.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.tokenwarden.testsupport.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final int AT_LEAST = 3;

  private final MutableClock clock = MutableClock.at("2026-11-22T08:00:00Z");
  private final RetryBudget budget = budget(0.1, AT_LEAST);

  @Test
  void repeatsAFewOfFewCalls() {
    budget.called();

    assertThat(taken(10)).isEqualTo(3);
  }

  @Test
  void repeatsATenthOfManyCalls() {
    called(1000);

    assertThat(taken(1000)).isEqualTo(100);
  }

  @Test
  void repeatsAgainOnceAMinuteIsOver() {
    // given
    called(1000);
    taken(1000);

    // when
    clock.advance(Duration.ofSeconds(60));

    // then
    assertThat(taken(1)).isZero();

    // and when
    clock.advance(Duration.ofSeconds(1));

    // then
    assertThat(taken(1000)).isEqualTo(AT_LEAST);
  }

  @Test
  void repeatsNoMoreThanBeforeWhenTheClockIsSetBack() {
    // given
    taken(AT_LEAST);

    // when
    clock.advance(Duration.ofHours(-1));

    // then
    assertThat(taken(1)).isZero();
  }

  /// Whatever calls come when, and however often something would be repeated.
  @Property(tries = 500)
  void neverRepeatsMoreWithinAMinuteThanItMayNorLess(
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 40) Integer> happenings) {
    // given
    MutableClock time = MutableClock.at("2026-11-22T08:00:00Z");
    RetryBudget theBudget = new RetryBudget(config(0.1, AT_LEAST), time);
    List<Instant> calls = new ArrayList<>();
    List<Instant> repetitions = new ArrayList<>();

    for (int happening : happenings) {
      // when
      time.advance(Duration.ofMillis(happening * 150L));
      for (int i = 0; i < happening; i++) {
        theBudget.called();
        calls.add(time.instant());
      }
      boolean repeats = theBudget.take();

      // then
      long may = Math.max(AT_LEAST, withinAMinute(calls, time) / 10);
      assertThat(repeats).isEqualTo(withinAMinute(repetitions, time) < may);
      if (repeats) {
        repetitions.add(time.instant());
      }
    }
  }

  private static long withinAMinute(List<Instant> moments, MutableClock time) {
    long now = time.instant().getEpochSecond();
    return moments.stream().filter(moment -> now - moment.getEpochSecond() <= 60).count();
  }

  @Test
  void startsWithNoShareThatIsNone() {
    assertThatThrownBy(() -> budget(1.1, 0).atStart(new StartupEvent()))
        .hasMessageStartingWith("GATEWAY_RETRIES_SHARE");
    assertThatThrownBy(() -> budget(Double.NaN, 0).atStart(new StartupEvent()))
        .hasMessageStartingWith("GATEWAY_RETRIES_SHARE");
    assertThatThrownBy(() -> budget(0.1, -1).atStart(new StartupEvent()))
        .hasMessageStartingWith("GATEWAY_RETRIES_AT_LEAST");
  }

  private void called(int times) {
    for (int i = 0; i < times; i++) {
      budget.called();
    }
  }

  private int taken(int wanted) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += budget.take() ? 1 : 0;
    }
    return taken;
  }

  private RetryBudget budget(double share, int atLeast) {
    return new RetryBudget(config(share, atLeast), clock);
  }

  private static RetryConfig config(double share, int atLeast) {
    return new RetryConfig() {
      @Override
      public double share() {
        return share;
      }

      @Override
      public int atLeast() {
        return atLeast;
      }
    };
  }
}
