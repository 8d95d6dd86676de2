package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.FakePlaces;
import io.tokenwarden.gateway.quota.Leave.Free;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.gateway.store.Feed;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.testsupport.MutableClock;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TopicReader;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// P9 on the real database: what one replica finds used up, all leave alone.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "graph-gateway"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakePlaces.class)
class HoldReplicasIT {

  private static final GraphError APP_USED_UP =
      GraphError.parse(400, "{\"error\":{\"code\":4,\"message\":\"x\"}}").orElseThrow();

  @Inject Holds holds;
  @Inject HoldLedger ledger;
  @Inject MutableClock clock;
  @Inject Pool pool;

  private final String app = Long.toString(ThreadLocalRandom.current().nextLong(1L << 50));
  private final QuotaScopes call = new QuotaScopes(app, "77", null, null, Set.of());

  @Test
  void isObeyedByAnotherReplicaWithinASecondOfBeingStored() {
    // given
    Holds another = new Holds(ledger, clock);

    // when
    another.hear(heard(APP_USED_UP, clock.instant()));
    stored(1);

    // then
    await()
        .atMost(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(holds.held(call.covering()))
                .contains(new Held(QuotaScope.ofApp(app), Duration.ofMinutes(5))));
  }

  @Test
  void isKnownToAReplicaThatStarts() {
    // given
    holds.hear(heard(APP_USED_UP, clock.instant()));
    stored(1);

    // when
    Holds started = another();

    // then
    assertThat(started.held(call.covering())).isEqualTo(holds.held(call.covering())).isPresent();
  }

  @Test
  void isOneStrikeHoweverManyReplicasFindIt() {
    // given
    List<Holds> replicas = Stream.generate(this::another).limit(8).toList();
    Instant asked = clock.instant();

    // when
    replicas.forEach(replica -> replica.hear(heard(APP_USED_UP, asked)));
    stored(1);

    // then
    await()
        .during(Duration.ofMillis(300))
        .until(() -> TopicReader.shared().all("graph.throttled", "app:" + app).size() == 1);
    assertThat(another().held(call.covering()).orElseThrow().left())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void letsOneCallOfAllReplicasFindOutWhetherItIsOver() {
    // given
    holds.hear(heard(APP_USED_UP, clock.instant()));
    stored(1);
    List<Holds> replicas = Stream.generate(this::another).limit(4).toList();
    clock.advance(Duration.ofMinutes(5));

    // when
    List<Leave> leaves = askedAtOnce(replicas, 10);

    // then
    assertThat(leaves).hasSize(40).containsOnlyOnce(new Free());

    // and when
    holds.hear(heard(null, clock.instant()));

    // then
    await()
        .untilAsserted(() -> assertThat(askedAtOnce(List.of(another()), 1)).contains(new Free()));
  }

  private List<Leave> askedAtOnce(List<Holds> replicas, int times) {
    List<Future<Leave>> asked =
        IntStream.range(0, times)
            .boxed()
            .flatMap(_ -> replicas.stream().map(replica -> replica.leave(call.covering())))
            .toList();
    return asked.stream().map(HoldReplicasIT::result).toList();
  }

  private static Leave result(Future<Leave> leave) {
    return leave.toCompletionStage().toCompletableFuture().join();
  }

  /// A replica of its own memory, as fresh as one that has just started.
  private Holds another() {
    Holds replica = new Holds(ledger, clock);
    new Feed(pool, List.of(replica.table())).sweep().await().indefinitely();
    return replica;
  }

  private HeardAnswer heard(GraphError error, Instant asked) {
    return new HeardAnswer(call, WorkspaceId.of("demo"), List.of(), error, asked);
  }

  private void stored(int events) {
    TopicReader.shared().await("graph.throttled", "app:" + app, events);
  }
}
