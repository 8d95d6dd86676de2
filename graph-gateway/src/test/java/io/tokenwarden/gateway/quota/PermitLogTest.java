package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.gateway.quota.World.Outcome;
import io.tokenwarden.gateway.quota.World.Weather;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermitLogTest {

  private static final boolean LONG = Boolean.getBoolean("long");

  private static final Weather FOUL = new Weather(4, 0.05, 0.02, 0.3, Duration.ofSeconds(7));

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void letsNoWindowHoldMoreThanTheLimitWhateverBecomesOfReplicas(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int replicas,
      @ForAll @IntRange(min = 1, max = 400) int limit,
      @ForAll @LongRange(min = 1, max = 60) long windowSeconds) {
    // given
    World world =
        new World(
            new MemoryLedger(),
            seed,
            replicas,
            limit,
            Duration.ofSeconds(windowSeconds),
            Duration.ofSeconds(8),
            FOUL);

    // when
    Outcome outcome = world.run(Duration.ofSeconds(6 * windowSeconds + 60));

    // then
    assertThat(outcome.beyond()).as("calls beyond the limit, of %s", outcome).isZero();
    assertThat(outcome.calls()).isPositive();
  }

  /// The theoretical maximum is one limit per window. What is missing: a part of the window, since
  /// stamps are rounded up to the next of 720; the time Meta takes to answer; and, once a minute
  /// and replica, what a mishap costs.
  @ParameterizedTest
  @CsvSource({"60, 0, 0.992", "600, 0, 0.998", "3600, 0, 0.998", "3600, 0.02, 0.99"})
  void usesNearlyAllOfAQuota(long windowSeconds, double mishaps, double atLeast) {
    // given
    Duration window = Duration.ofSeconds(windowSeconds);
    Weather weather = new Weather(mishaps, 0.001, 0.001, 0.02, Duration.ofMillis(500));
    World world =
        new World(new MemoryLedger(), 7, 4, 3_000, window, Duration.ofSeconds(30), weather);

    // when
    Outcome outcome = world.run(window.multipliedBy(LONG ? 100 : 11));

    // then
    assertThat(outcome.beyond()).isZero();
    assertThat(outcome.goodput()).isGreaterThan(atLeast);
  }
}
