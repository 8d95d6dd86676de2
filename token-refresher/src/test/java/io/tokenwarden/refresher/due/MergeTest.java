package io.tokenwarden.refresher.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.refresher.Expected;
import io.tokenwarden.refresher.due.Demand.Check;
import io.tokenwarden.refresher.due.Demand.Nothing;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Kept;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// P2 on what is due: the merge rule, [Demand] and [DueRow#takenOver].
class MergeTest {

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsDueIsDueForTheNewestGenerationAndNothingForADeadOne(
      @ForAll("histories") History history) {
    // given
    var known = new Known();
    var arrivals = history.arrivals();

    // when
    for (var event : arrivals) {
      known.hear(event);
    }

    // then
    assertThat(known.generationsDue()).isEqualTo(Expected.generationsDue(history));

    // and when
    var changes = known.changes;
    arrivals.forEach(known::hear);

    // then
    assertThat(known.changes).isEqualTo(changes);
  }

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.randomValue(Random::nextLong).map(History::of);
  }

  /// What the record handler does with its tables, without them; and there is always somebody at
  /// the work.
  private static final class Known {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID WORKER = new UUID(0, 1);
    private static final LeaseHolder HOLDER = new LeaseHolder(1);

    private final Kept<ConnectionId, ConnectionState> connections = new Kept<>();
    private final Map<ConnectionId, DueRow> due = new HashMap<>();
    private int changes;

    void hear(Event event) {
      if (event instanceof ConnectionEvent about
          && connections.take(about.connection().connectionId(), about.connection())) {
        follow(about.connection());
      }
    }

    private void follow(ConnectionState state) {
      switch (Demand.of(state)) {
        case Check(var generation) -> plan(state.connectionId(), generation);
        case Nothing() -> drop(state.connectionId());
      }
    }

    private void plan(ConnectionId connection, long generation) {
      var row = due.get(connection);
      if (row == null) {
        due.put(connection, DueRow.of(connection, WorkKind.ACCESS_CHECK, generation, NOW));
        changes++;
      } else if (row.takenOver(generation, NOW)) {
        changes++;
        whoeverWorkedForTheOlderOneSettlesNothing(row);
      }
      due.get(connection).leaseTo(WORKER, HOLDER, NOW);
    }

    private static void whoeverWorkedForTheOlderOneSettlesNothing(DueRow row) {
      if (row.isLeasedTo(WORKER)) {
        throw new AssertionError(
            "Taken over by generation " + row.generation + " and still leased");
      }
    }

    private void drop(ConnectionId connection) {
      if (due.remove(connection) != null) {
        changes++;
      }
    }

    Map<ConnectionId, Long> generationsDue() {
      return due.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().generation));
    }
  }
}
