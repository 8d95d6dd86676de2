package io.tokenwarden.refresher.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final RandomGenerator NO_JITTER = () -> 0L;
  private static final RandomGenerator MOST_JITTER = () -> -1L;

  @Test
  void doublesFromHalfAMinuteToSixHours() {
    // given
    var backoff = new Backoff(NO_JITTER);

    // when
    var waits = IntStream.range(0, 12).mapToObj(n -> backoff.after(n, false).toSeconds());

    // then
    assertThat(waits)
        .containsExactly(
            30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3840L, 7680L, 15_360L, 21_600L, 21_600L);
  }

  @Test
  void triesWhatMayPassTwiceMoreBeforeItCoolsDown() {
    // given
    var backoff = new Backoff(NO_JITTER);

    // when
    var waits = IntStream.range(0, 5).mapToObj(n -> backoff.after(n, true).toSeconds());

    // then
    assertThat(waits).containsExactly(1L, 5L, 30L, 60L, 120L);
  }

  @Test
  void spreadsByUpToATenth() {
    // when
    var wait = new Backoff(MOST_JITTER).after(0, false);

    // then
    assertThat(wait).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(33));
  }
}
