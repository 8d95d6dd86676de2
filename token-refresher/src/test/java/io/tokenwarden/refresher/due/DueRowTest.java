package io.tokenwarden.refresher.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.LeaseHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DueRowTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final ConnectionId CONNECTION = new ConnectionId(new UUID(1, 2));

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

  @Test
  void movesWithTheEndOfTheTokenAndForgetsWhatWasTried() {
    // given
    var row = DueRow.of(CONNECTION, refresh(1, NOW.plusSeconds(60)), NOW);
    assertThat(row.dueAt).isEqualTo(NOW.plusSeconds(60));
    row.postpone("UNAVAILABLE", NOW.plusSeconds(300));

    // when
    var moved = row.follow(refresh(1, NOW.plusSeconds(6000)), NOW);

    // then
    assertThat(moved).isTrue();
    assertThat(row.dueAt).isEqualTo(NOW.plusSeconds(6000));
    assertThat(row.attempts).isZero();
  }

  @Test
  void staysPostponedThroughStatesThatWantTheSame() {
    // given
    var row = DueRow.of(CONNECTION, refresh(1, NOW), NOW);
    row.postpone("UNAVAILABLE", NOW.plusSeconds(300));

    // when
    var changed = row.follow(refresh(1, NOW), NOW.plusSeconds(1));

    // then
    assertThat(changed).isFalse();
    assertThat(row.dueAt).isEqualTo(NOW.plusSeconds(300));
    assertThat(row.attempts).isEqualTo(1);
  }

  @Test
  void whatIsOverdueIsDueNow() {
    assertThat(DueRow.of(CONNECTION, refresh(1, NOW.minusSeconds(9)), NOW).dueAt).isEqualTo(NOW);
  }

  @Test
  void anEarlierGenerationChangesNothing() {
    // given
    var row = DueRow.of(CONNECTION, refresh(2, NOW), NOW);

    // when
    var changed = row.follow(refresh(1, NOW.plusSeconds(60)), NOW);

    // then
    assertThat(changed).isFalse();
    assertThat(row.generation).isEqualTo(2);
    assertThat(row.dueAt).isEqualTo(NOW);
  }

  private static Wanted refresh(long generation, Instant from) {
    return new Wanted(WorkKind.REFRESH, generation, from);
  }
}
