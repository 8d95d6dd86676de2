package io.tokenwarden.graph.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoldTest {

  private static final Instant UNTIL = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant FREE = UNTIL.plusSeconds(60);

  @Test
  void goesFromHeldToHalfToFree() {
    // given
    var hold = new Hold(1, UNTIL, FREE);

    // when / then
    assertThat(hold.paceAt(UNTIL.minusNanos(1))).isEqualTo(Pace.HELD);
    assertThat(hold.paceAt(UNTIL)).isEqualTo(Pace.HALF);
    assertThat(hold.paceAt(FREE.minusNanos(1))).isEqualTo(Pace.HALF);
    assertThat(hold.paceAt(FREE)).isEqualTo(Pace.FREE);
  }

  @Test
  void isFreeBeforeAnythingWasUsedUp() {
    assertThat(Hold.NONE.paceAt(UNTIL)).isEqualTo(Pace.FREE);
  }

  @Test
  void ofTwoHoldsTheLongerOfEachCounts() {
    // given
    var longer = new Hold(1, UNTIL.plusSeconds(1), FREE);
    var slower = new Hold(3, UNTIL, FREE.plusSeconds(2));
    var both = new Hold(3, UNTIL.plusSeconds(1), FREE.plusSeconds(2));

    // when / then
    assertThat(longer.stricter(slower)).isEqualTo(both);
    assertThat(slower.stricter(longer)).isEqualTo(both);
    assertThat(both.stricter(Hold.NONE)).isEqualTo(both);
  }

  @Test
  void cannotBeFreeBeforeItIsOver() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Hold(1, FREE, UNTIL));
    assertThatIllegalArgumentException().isThrownBy(() -> new Hold(-1, UNTIL, FREE));
  }
}
