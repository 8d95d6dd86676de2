package io.tokenwarden.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private final Measure measure =
      new Measure("recovery", "s", List.of(6.0, 2.0, 9.0), "the floor", List.of(3.0, 2.0, 3.0));

  @Test
  void comparesRoundByRound() {
    assertThat(measure.ratio()).isEqualTo(new Spread(2, 1, 3));
    assertThat(measure.difference()).isEqualTo(new Spread(3, 0, 6));
  }

  @Test
  void takesTheMiddleOfAnEvenNumberOfRounds() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void refusesARoundWithoutItsPeer() {
    assertThatThrownBy(() -> new Measure("half", "s", List.of(1.0, 2.0), "floor", List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half");
  }

  @Test
  void tellsTheMachineAndTheRoundsWithTheFigures() {
    // given
    var machine = new Machine(2, 24, "Linux amd64", "25");
    var report = new Report("recovery", "How long?", Instant.EPOCH, machine, 3, List.of(measure));

    // when
    var text = report.markdown();

    // then
    assertThat(text)
        .contains("How long?", "2 processors, 24 GiB", "3 rounds")
        .contains("| recovery [s] | 6.00 (2.00–9.00) | 3.00 (2.00–3.00) | the floor |");
  }
}
