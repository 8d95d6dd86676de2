package io.tokenwarden.auth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoolDownTest {

  @Test
  void beginsWithHalfAMinuteAndDoubles() {
    assertThat(CoolDown.after(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(CoolDown.after(2)).isEqualTo(Duration.ofMinutes(1));
    assertThat(CoolDown.after(3)).isEqualTo(Duration.ofMinutes(2));
    assertThat(CoolDown.after(10)).isEqualTo(Duration.ofSeconds(15_360));
  }

  @Test
  void endsAtSixHours() {
    assertThat(CoolDown.after(11)).isEqualTo(Duration.ofHours(6));
    assertThat(CoolDown.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(6));
  }

  @Property(tries = 1000)
  void neverGetsShorter(@ForAll @IntRange(min = 1, max = 100_000) int failures) {
    assertThat(CoolDown.after(failures + 1)).isGreaterThanOrEqualTo(CoolDown.after(failures));
  }
}
