package io.tokenwarden.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.sync.schedule.Schedule;
import io.tokenwarden.sync.schedule.Schedules;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.history.History;
import io.tokenwarden.testsupport.history.Replicas;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// P2 on the real database: whatever the order in which facts arrive, however often, and however
/// many replicas take them at once, the schedules end as the newest facts say.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "sync-worker"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeGateway.class)
class MergeIT {
  private static final Replicas REPLICAS = new Replicas();

  @Inject HealthEvents events;
  @Inject Schedules schedules;

  static LongStream seeds() {
    return History.seedsForDatabase();
  }

  @AfterAll
  static void end() {
    REPLICAS.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endsAsTheNewestFactsSay(long seed) throws Exception {
    // given
    var history = History.of(seed);

    // when
    REPLICAS.handle(history.arrivals(), this::handle);

    // then
    for (var account : history.adAccounts()) {
      assertThat(Expected.described(schedule(history.workspace(), account)))
          .isEqualTo(Expected.of(history, account));
    }

    // and when
    var revisions = revisions(history);
    REPLICAS.handle(history.arrivals(), this::handle);

    // then
    assertThat(revisions(history)).isEqualTo(revisions);
  }

  private void handle(Event fact) {
    var meta = EventMeta.now(fact.topic().producer(), Clock.systemUTC(), Optional.empty());
    Transactions.inTransaction(() -> events.handle(meta, fact));
  }

  private Map<AdAccountId, Optional<Long>> revisions(History history) {
    return history.adAccounts().stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                account -> schedule(history.workspace(), account).map(Schedule::revision)));
  }

  private Optional<Schedule> schedule(WorkspaceId workspace, AdAccountId account) {
    return Transactions.inTransaction(() -> schedules.find(workspace, account));
  }
}
