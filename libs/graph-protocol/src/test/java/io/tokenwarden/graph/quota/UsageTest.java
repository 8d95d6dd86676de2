package io.tokenwarden.graph.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UsageTest {

  private static final Told QUOTA = Told.of(QuotaKind.APP, "", null);

  @ParameterizedTest
  @CsvSource({"3, 2, 1", "1, 3, 2", "2, 1, 3"})
  void isUsedAsFarAsItsHighestFigure(double calls, double time, double cpuTime) {
    assertThat(QUOTA.calls(calls).time(time).cpuTime(cpuTime).usage().utilization()).isEqualTo(3);
  }

  @Test
  void isUsedUpAtAHundredPercentOfAnything() {
    assertThat(QUOTA.calls(99.99).time(99.99).cpuTime(99.99).usage().exhausted()).isFalse();
    assertThat(QUOTA.calls(100).usage().exhausted()).isTrue();
    assertThat(QUOTA.time(100).usage().exhausted()).isTrue();
    assertThat(QUOTA.cpuTime(855).usage().exhausted()).isTrue();
  }

  @Test
  void isUsedUpWhileMetaNamesATimeToRegainIt() {
    assertThat(QUOTA.regain(Duration.ofSeconds(1)).usage().exhausted()).isTrue();
    assertThat(QUOTA.reset(Duration.ofHours(1)).usage().exhausted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = UseCase.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void knowsUseCasesByTheirCode(UseCase useCase) {
    assertThat(UseCase.named(useCase.code())).isEqualTo(useCase);
    assertThat(useCase.code()).matches("[a-z_]+");
  }
}
