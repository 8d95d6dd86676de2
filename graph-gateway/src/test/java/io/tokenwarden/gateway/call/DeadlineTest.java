package io.tokenwarden.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.testsupport.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

  private final MutableClock clock = MutableClock.at("2026-11-21T08:00:00Z");

  @ParameterizedTest
  @CsvSource({"30, 30000", "0.5, 500", "300, 300000", "1.250, 1250"})
  void isReadInSeconds(String header, long millis) {
    assertThat(Deadline.of(header, Deadline.USUAL, clock).orElseThrow().left(clock))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void isHalfAMinuteUnlessTheCallerSaysOtherwise() {
    assertThat(Deadline.of(null, Deadline.USUAL, clock).orElseThrow().left(clock))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "301", "soon", "30s", "1e3", "99999999999", "NaN"})
  void isNoTimeThatNobodyCouldWait(String header) {
    assertThat(Deadline.of(header, Deadline.USUAL, clock)).isEmpty();
  }

  @Test
  void neverLeavesLessThanNothing() {
    Deadline deadline = Deadline.of("1", Deadline.USUAL, clock).orElseThrow();

    clock.advance(Duration.ofSeconds(5));

    assertThat(deadline.left(clock)).isZero();
  }
}
