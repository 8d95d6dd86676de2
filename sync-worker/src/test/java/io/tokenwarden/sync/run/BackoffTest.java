package io.tokenwarden.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMinutes(15), () -> 0L);

  @Test
  void doublesUpToTheUsualPause() {
    // when
    var waits = IntStream.range(0, 7).mapToObj(n -> backoff.after(n, false).toSeconds());

    // then
    assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 480L, 900L, 900L);
  }

  @Test
  void startsSoonerIfItIsExpectedToPass() {
    // when
    var waits = IntStream.range(0, 4).mapToObj(n -> backoff.after(n, true).toSeconds());

    // then
    assertThat(waits).containsExactly(5L, 10L, 20L, 40L);
  }
}
