package io.tokenwarden.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MutableClockTest {

  @Test
  void standsStillUntilItIsMoved() {
    // given
    var clock = MutableClock.at("2026-11-21T08:00:00Z");
    var elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));

    // when
    clock.advance(Duration.ofHours(2));

    // then
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(elsewhere.instant()).isEqualTo(clock.instant());
    assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
