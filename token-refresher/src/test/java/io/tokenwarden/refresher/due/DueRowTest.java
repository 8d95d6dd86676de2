package io.tokenwarden.refresher.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.outbox.LeaseHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DueRowTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private final UUID worker = UUID.randomUUID();
  private final DueRow row = new DueRow();

  @Test
  void countsFailuresUntilASuccess() {
    // given
    row.postpone("TRANSIENT", NOW);
    row.postpone("TRANSIENT", NOW);
    assertThat(row.attempts).isEqualTo(2);

    // when
    row.done(NOW, NOW.plus(Duration.ofHours(12)));

    // then
    assertThat(row.attempts).isZero();
    assertThat(row.lastFailure).isNull();
    assertThat(row.doneAt).isEqualTo(NOW);
    assertThat(row.dueAt).isEqualTo(NOW.plus(Duration.ofHours(12)));
  }

  @Test
  void givesTheLeaseBackHoweverItEnded() {
    // given
    row.leaseTo(worker, new LeaseHolder(1), NOW.plusSeconds(180));
    assertThat(row.isLeasedTo(worker)).isTrue();

    // when
    row.postpone("RATE_LIMITED", NOW.plusSeconds(30));

    // then
    assertThat(row.isLeasedTo(worker)).isFalse();
    assertThat(row.leasedUntil).isNull();
    assertThat(row.leasedBy).isNull();
  }
}
