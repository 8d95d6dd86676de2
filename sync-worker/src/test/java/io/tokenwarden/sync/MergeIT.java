package io.tokenwarden.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.tokenwarden.contracts.AssetEvent.AssetHealth;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.sync.health.Readability;
import io.tokenwarden.sync.health.Readability.ReadableVia;
import io.tokenwarden.sync.health.Readability.Unknown;
import io.tokenwarden.sync.health.Readability.Unreadable;
import io.tokenwarden.sync.schedule.Schedule;
import io.tokenwarden.sync.schedule.ScheduleState;
import io.tokenwarden.sync.schedule.Schedules;
import io.tokenwarden.testsupport.RealParts;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// P2 on the real database: whatever the order in which facts arrive, however often, and however
/// many replicas take them at once, the schedule ends as the newest facts say.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "sync-worker"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeGateway.class)
class MergeIT {
  @Inject HealthEvents events;
  @Inject Schedules schedules;

  private final Stage stage = new Stage();

  @RepeatedTest(25)
  void endsAsTheNewestFactsSay(RepetitionInfo repetition) throws Throwable {
    // given
    var random = new Random(repetition.getCurrentRepetition());
    var other = new ConnectionId(UUID.randomUUID());
    var history = Histories.of(random, stage.workspace, stage.account, stage.connection, other);
    var facts = new ArrayList<>(history);
    facts.addAll(history.subList(0, history.size() / 2));
    Collections.shuffle(facts, random);

    // when
    inParallel(facts);

    // then
    assertThat(described(schedule())).isEqualTo(described(Histories.merged(history)));
  }

  private void inParallel(List<Record> facts) throws Exception {
    try (var replicas = Executors.newFixedThreadPool(4)) {
      var handled =
          replicas.invokeAll(
              facts.stream().map(fact -> Executors.callable(() -> handle(fact))).toList(),
              60,
              TimeUnit.SECONDS);
      for (var each : handled) {
        each.get();
      }
    }
  }

  private void handle(Record fact) {
    var meta = EventMeta.now(Service.AUTH_SERVICE, Clock.systemUTC(), Optional.empty());
    try {
      VertxContextSupport.subscribeAndAwait(
          () -> Panache.withTransaction(() -> events.handle(meta, event(fact))));
    } catch (Throwable e) {
      throw new IllegalStateException("Handling " + fact, e);
    }
  }

  private static Event event(Record fact) {
    return switch (fact) {
      case ConnectionState state ->
          state.revision() == 1 ? new TokenConnected(state, false) : new TokenHealth(state);
      case AssetState state -> new AssetHealth(state);
      default -> throw new IllegalArgumentException(fact.toString());
    };
  }

  private Optional<Schedule> schedule() throws Throwable {
    return VertxContextSupport.subscribeAndAwait(
        () -> Panache.withSession(() -> schedules.find(stage.workspace, stage.account)));
  }

  private static String described(Optional<Schedule> schedule) {
    return schedule
        .map(found -> described(found.visibleState(), found.via(), found.causes()))
        .orElse("none");
  }

  private static String described(Readability readability) {
    return switch (readability) {
      case ReadableVia(var via) -> described(ScheduleState.RUNNING, Optional.of(via), List.of());
      case Unreadable(var causes) -> described(ScheduleState.BLOCKED, Optional.empty(), causes);
      case Unknown() -> "none";
    };
  }

  private static String described(ScheduleState state, Optional<ConnectionId> via, List<?> causes) {
    return state + " via " + via + " because of " + causes;
  }
}
