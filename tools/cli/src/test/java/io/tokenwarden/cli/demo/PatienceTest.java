package io.tokenwarden.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PatienceTest {

  /// Every look at this clock takes a second.
  private final AtomicLong seconds = new AtomicLong();

  private final Patience patience =
      new Patience(
          Duration.ofSeconds(3),
          Duration.ZERO,
          () -> Duration.ofSeconds(seconds.getAndIncrement()).toNanos());

  @Test
  void looksUntilItSees() {
    // given
    var looks =
        List.of(
                Observation.<String>notYet("nothing"),
                Observation.<String>notYet("nothing"),
                Observation.seen("it"))
            .iterator();

    // when
    var seen = patience.until(looks::next);

    // then
    assertThat(seen).isEqualTo("it");
  }

  @Test
  void saysWhatItSawLastWhenTheTimeIsOver() {
    assertThatExceptionOfType(NotObservedException.class)
        .isThrownBy(() -> patience.until(() -> Observation.notYet("2 notifications")))
        .withMessage("2 notifications");
  }

  @Test
  void givesWhoDoesNotAnswerAnotherChance() {
    // given
    Iterator<Supplier<Observation<String>>> looks =
        List.<Supplier<Observation<String>>>of(
                () -> {
                  throw new NoAnswerException("sync-worker does not answer");
                },
                () -> Observation.seen("it"))
            .iterator();

    // when
    var seen = patience.until(() -> looks.next().get());

    // then
    assertThat(seen).isEqualTo("it");
  }
}
