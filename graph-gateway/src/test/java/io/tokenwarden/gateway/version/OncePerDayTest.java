package io.tokenwarden.gateway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OncePerDayTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

  private final OncePerDay said = new OncePerDay(2);

  @Test
  void saysEachThingOnceADay() {
    assertThat(said.isNew("a", TODAY)).isTrue();
    assertThat(said.isNew("b", TODAY)).isTrue();
    assertThat(said.isNew("a", TODAY)).isFalse();
    assertThat(said.isNew("a", TODAY.plusDays(1))).isTrue();
  }

  @Test
  void saysNothingOfWhatIsTooMuchToRemember() {
    // given
    said.isNew("a", TODAY);
    said.isNew("b", TODAY);

    // then
    assertThat(said.isNew("c", TODAY)).isFalse();
    assertThat(said.isNew("b", TODAY.plusDays(1))).isTrue();
  }
}
