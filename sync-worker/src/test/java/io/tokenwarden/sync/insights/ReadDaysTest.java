package io.tokenwarden.sync.insights;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadDaysTest {
  private static final Duration WINDOW = Duration.ofDays(28);
  private static final LocalDate DAY = LocalDate.of(2026, 10, 1);

  @Test
  void aDayIsFinalOnceItWasReadFourWeeksAfterItsEndInTheAccountsZone() {
    // given
    var endPlusFourWeeks = Instant.parse("2026-10-30T07:00:00Z"); // midnight in Los Angeles

    // then
    assertThat(read(endPlusFourWeeks.minusSeconds(1)).isFinal(DAY, WINDOW)).isFalse();
    assertThat(read(endPlusFourWeeks).isFinal(DAY, WINDOW)).isTrue();
  }

  private static ReadDays read(Instant readAt) {
    return new ReadDays(
        WorkspaceId.of("demo"),
        AdAccountId.of("42"),
        ZoneId.of("America/Los_Angeles"),
        InsightsLevel.ACCOUNT,
        new DayRange(DAY, DAY),
        readAt,
        1L,
        List.of());
  }
}
