package io.tokenwarden.sync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetEvent;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.Expected;
import io.tokenwarden.sync.health.Cover;
import io.tokenwarden.sync.health.Readability;
import io.tokenwarden.sync.schedule.Schedule.Change;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Kept;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// P2 on what schedules are derived with: the merge rule, [Readability] and [Schedule#follow].
class MergeTest {

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void endsAsTheNewestFactsSayAndNeverRunsOnADeadConnection(@ForAll("histories") History history) {
    // given
    var known = new Known(history.workspace());
    var arrivals = history.arrivals();

    // when
    for (var event : arrivals) {
      known.hear(event);
      known.runsOnNoDeadConnection();
      known.namesNoCauseTwice();
    }

    // then
    for (var account : history.adAccounts()) {
      assertThat(known.described(account)).isEqualTo(Expected.of(history, account));
    }

    // and when
    var announced = known.announced;
    arrivals.forEach(known::hear);

    // then
    assertThat(known.announced).isEqualTo(announced);
  }

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.randomValue(Random::nextLong).map(History::of);
  }

  /// What the record handler does with its tables, without them.
  private static final class Known {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 8, 23);

    private final WorkspaceId workspace;
    private final Kept<ConnectionId, ConnectionState> connections = new Kept<>();
    private final Map<AdAccountId, Kept<ConnectionId, AssetState>> accounts = new HashMap<>();
    private final Map<AdAccountId, Schedule> schedules = new HashMap<>();
    private int announced;

    Known(WorkspaceId workspace) {
      this.workspace = workspace;
    }

    void hear(Event event) {
      switch (event) {
        case ConnectionEvent about -> hear(about.connection());
        case AssetEvent about when about.asset().assetType() == AssetType.AD_ACCOUNT ->
            hear(about.asset());
        default -> {}
      }
    }

    private void hear(ConnectionState state) {
      if (connections.take(state.connectionId(), state)) {
        accounts.forEach((account, covers) -> {
          if (covers.get(state.connectionId()) != null) {
            follow(account);
          }
        });
      }
    }

    private void hear(AssetState state) {
      var account = AdAccountId.of(state.assetId());
      var covers = accounts.computeIfAbsent(account, _ -> new Kept<>());
      if (covers.take(state.connectionId(), state)) {
        follow(account);
      }
    }

    private void follow(AdAccountId account) {
      var covers =
          accounts.get(account).all().stream()
              .filter(state -> connections.get(state.connectionId()) != null)
              .map(state -> new Cover(connections.get(state.connectionId()), state))
              .toList();
      if (!covers.isEmpty()) {
        var schedule = schedules.computeIfAbsent(account, this::created);
        if (schedule.follow(Readability.of(covers), NOW) != Change.NONE) {
          announced++;
        }
      }
    }

    private Schedule created(AdAccountId account) {
      return Schedule.of(workspace, account, ZoneId.of("Europe/Rome"), FIRST_DAY, NOW);
    }

    void runsOnNoDeadConnection() {
      schedules.forEach((account, schedule) ->
          schedule.via().ifPresent(via -> runsOnALivingConnection(account, via)));
    }

    void namesNoCauseTwice() {
      for (var schedule : schedules.values()) {
        var causes =
            schedule.causes().stream()
                .map(
                    cause -> List.of(cause.connectionId(), cause.condition(), "" + cause.subject()))
                .toList();
        if (Set.copyOf(causes).size() < causes.size()) {
          throw new AssertionError("A cause twice: " + causes);
        }
      }
    }

    private void runsOnALivingConnection(AdAccountId account, ConnectionId via) {
      var connection = connections.get(via);
      var seen = accounts.get(account).get(via);
      if (!Expected.canRead(connection, seen)) {
        throw new AssertionError(account + " runs on " + connection + ", which sees " + seen);
      }
    }

    String described(AdAccountId account) {
      return Expected.described(Optional.ofNullable(schedules.get(account)));
    }
  }
}
