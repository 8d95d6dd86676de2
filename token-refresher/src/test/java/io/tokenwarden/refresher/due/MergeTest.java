package io.tokenwarden.refresher.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.refresher.Expected;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// P2 on what is due: the merge rule, [Demand] and [DueRow#follow].
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
    var rebuilt = new Known();
    history.connections().forEach(state -> rebuilt.hear(new TokenHealth(state)));

    // then
    assertThat(rebuilt.wanted()).isEqualTo(known.wanted());

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

    private static final Demand DEMAND = new Demand(Duration.ofDays(7), Duration.ofHours(12));

    private final Kept<ConnectionId, ConnectionState> connections = new Kept<>();
    private final Map<ConnectionId, Map<WorkKind, DueRow>> due = new HashMap<>();
    private int changes;

    void hear(Event event) {
      if (event instanceof ConnectionEvent about
          && connections.take(about.connection().connectionId(), about.connection())) {
        follow(about.connection());
      }
    }

    private void follow(ConnectionState state) {
      var rows = due.computeIfAbsent(state.connectionId(), _ -> new EnumMap<>(WorkKind.class));
      var wanted = DEMAND.of(state);
      if (rows.keySet().retainAll(wanted.stream().map(Wanted::kind).toList())) {
        changes++;
      }
      wanted.forEach(each -> plan(rows, state.connectionId(), each));
    }

    private void plan(Map<WorkKind, DueRow> rows, ConnectionId connection, Wanted wanted) {
      var row = rows.get(wanted.kind());
      if (row == null) {
        rows.put(wanted.kind(), DueRow.of(connection, wanted, NOW));
        changes++;
      } else {
        var before = row.generation;
        changes += row.follow(wanted, NOW) ? 1 : 0;
        if (row.generation > before) {
          whoeverWorkedForTheOlderOneSettlesNothing(row);
        }
      }
      rows.get(wanted.kind()).leaseTo(WORKER, HOLDER, NOW);
    }

    private static void whoeverWorkedForTheOlderOneSettlesNothing(DueRow row) {
      if (row.isLeasedTo(WORKER)) {
        throw new AssertionError(
            "Taken over by generation " + row.generation + " and still leased");
      }
    }

    Map<ConnectionId, Long> generationsDue() {
      return due.entrySet().stream()
          .filter(entry -> !entry.getValue().isEmpty())
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  entry -> entry.getValue().get(WorkKind.ACCESS_CHECK).generation));
    }

    /// What is due when, as a stranger to the past would have it.
    Map<ConnectionId, Set<Wanted>> wanted() {
      var wanted = new HashMap<ConnectionId, Set<Wanted>>();
      due.forEach((connection, rows) -> {
        if (!rows.isEmpty()) {
          wanted.put(
              connection, rows.values().stream().map(Known::wanted).collect(Collectors.toSet()));
        }
      });
      return wanted;
    }

    private static Wanted wanted(DueRow row) {
      return new Wanted(row.kind, row.generation, row.wantedFrom);
    }
  }
}
