package io.tokenwarden.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.gateway.connection.Standing.AtCheckpoint;
import io.tokenwarden.gateway.connection.Standing.Dead;
import io.tokenwarden.gateway.connection.Standing.Free;
import io.tokenwarden.gateway.connection.Standing.OfBlockedApp;
import io.tokenwarden.gateway.connection.Standing.Quarantined;
import io.tokenwarden.testsupport.MutableClock;
import io.tokenwarden.testsupport.history.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// P2 on what the gateway lets out by: what each replica holds in memory, and the standing that
/// follows from it.
class MergeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void endsAsTheNewestFactsSayAndCallsWithNoDeadToken(
      @ForAll("histories") History history, @ForAll("seeds") long seed) {
    // given
    var random = new Random(seed);
    var doubts = doubts(history, random);
    var connections = new Connections();

    // when
    var waiting = new ArrayList<>(doubts);
    for (var event : history.arrivals()) {
      switch (event) {
        case ConnectionEvent about -> learn(connections, about.connection());
        case AppEvent about -> connections.learn(KnownApp.of(about));
        default -> {}
      }
      if (random.nextInt(4) == 0 && !waiting.isEmpty()) {
        connections.learn(waiting.removeLast());
      }
    }
    waiting.forEach(connections::learn);

    // then
    for (var state : history.connections()) {
      assertThat(standing(connections, state)).isEqualTo(expected(history, state, doubts));
    }
  }

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.randomValue(Random::nextLong).map(History::of);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.randomValue(Random::nextLong);
  }

  /// Each at a state that the connection had at some time, in any order, some of them twice.
  private static List<Doubt> doubts(History history, Random random) {
    var doubts = new ArrayList<Doubt>();
    for (var state : history.everyConnectionState()) {
      if (random.nextInt(3) == 0) {
        var doubt = new Doubt(state.connectionId(), state.generation(), state.revision(), NOW);
        doubts.add(doubt);
        if (random.nextBoolean()) {
          doubts.add(doubt);
        }
      }
    }
    Collections.shuffle(doubts, random);
    return doubts;
  }

  private static void learn(Connections connections, ConnectionState state) {
    var before = connections.find(state.connectionId()).map(KnownConnection::revision).orElse(0L);
    connections.learn(known(state));
    assertThat(connections.find(state.connectionId()).orElseThrow().revision())
        .as("the known revision never falls")
        .isEqualTo(Math.max(before, state.revision()));
  }

  private static KnownConnection known(ConnectionState state) {
    return new KnownConnection(
        state.connectionId(),
        state.workspaceId(),
        state.generation(),
        state.revision(),
        state.appId(),
        state.metaUserId(),
        state.tokenType(),
        state.health());
  }

  /// No quarantine ends here, so nobody is asked for the one call a minute.
  private static Class<?> standing(Connections connections, ConnectionState state) {
    var gatekeeper = new Gatekeeper(connections, null, MutableClock.at(NOW));
    var known = connections.find(state.connectionId()).orElseThrow();
    return gatekeeper.standing(known).result().getClass();
  }

  private static Class<?> expected(History history, ConnectionState last, List<Doubt> doubts) {
    var health = last.health();
    if (health.lifecycle() != Lifecycle.CONNECTED || health.tokenStatus() != TokenStatus.ACTIVE) {
      return Dead.class;
    }
    if (health.condition(ConditionKind.CHECKPOINT).isPresent()) {
      return AtCheckpoint.class;
    }
    if (history.app().filter(AppBlocked.class::isInstance).isPresent()) {
      return OfBlockedApp.class;
    }
    var doubted =
        doubts.stream()
            .anyMatch(doubt ->
                doubt.connection().equals(last.connectionId())
                    && doubt.revision() == last.revision());
    return doubted ? Quarantined.class : Free.class;
  }
}
