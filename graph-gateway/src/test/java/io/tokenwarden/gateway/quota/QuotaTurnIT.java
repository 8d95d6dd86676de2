package io.tokenwarden.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakePlaces;
import io.tokenwarden.gateway.quota.World.Outcome;
import io.tokenwarden.gateway.quota.World.Weather;
import io.tokenwarden.testsupport.RealParts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [PermitLogTest] proves of the rule, on the function that applies it.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "graph-gateway"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakePlaces.class)
class QuotaTurnIT {

  private static final boolean LONG = Boolean.getBoolean("long");
  private static final Weather FOUL = new Weather(4, 0.05, 0.02, 0.02, Duration.ofSeconds(7));
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  @Inject DataSource database;

  private final String scope = "app:" + UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void letsNoWindowHoldMoreThanTheLimitWhateverBecomesOfReplicas(long seed) {
    // given
    Duration window = Duration.ofSeconds(10 * seed);
    World world = new World(new SqlLedger(database, scope), seed, 4, 100, window, PATIENCE, FOUL);

    // when
    Outcome outcome = world.run(window.multipliedBy(LONG ? 100 : 5));

    // then
    assertThat(outcome.beyond()).as("calls beyond the limit, of %s", outcome).isZero();
    assertThat(outcome.calls()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void doesAsTheRuleSays(long seed) {
    // given
    Duration window = Duration.ofSeconds(18 * seed);
    var ofTheRule = new World(new MemoryLedger(), seed, 3, 50, window, PATIENCE, FOUL);
    var ofTheFunction =
        new World(new SqlLedger(database, scope), seed, 3, 50, window, PATIENCE, FOUL);

    // when, then
    assertThat(ofTheFunction.run(window.multipliedBy(4)))
        .isEqualTo(ofTheRule.run(window.multipliedBy(4)));
  }

  @Test
  void keepsTheLimitAmongReplicasThatTakeTurnsAtOnce() throws Exception {
    // given
    int replicas = 8;
    long limit = 2_000;
    Duration window = Duration.ofSeconds(LONG ? 20 : 2);
    long end = System.nanoTime() + window.multipliedBy(3).toNanos();
    StrictMeta meta = new StrictMeta(limit, window.toNanos());

    // when
    try (var threads = Executors.newFixedThreadPool(replicas)) {
      Callable<Void> replica = () -> callUntil(end, limit, window, meta);
      for (Future<Void> done :
          threads.invokeAll(IntStream.range(0, replicas).mapToObj(_ -> replica).toList())) {
        done.get();
      }
    }

    // then
    assertThat(meta.beyond()).isZero();
    assertThat(meta.counted()).isGreaterThan(limit * 5 / 2);
  }

  /// As fast as it may.
  private Void callUntil(long end, long limit, Duration window, StrictMeta meta) {
    var ledger = new SqlLedger(database, scope);
    var log = new PermitLog(window);
    long zero = System.nanoTime();
    while (System.nanoTime() < end) {
      long now = System.nanoTime() - zero;
      var permit = log.take(now);
      if (permit.isPresent()) {
        synchronized (meta) {
          meta.arrives(System.nanoTime());
        }
        permit.get().spent(System.nanoTime() - zero);
      } else if (log.turnDue(1, now) <= now) {
        var turn = log.turn(10, now);
        var grant = ledger.turn(turn, null, limit, window.toMillis(), PATIENCE.toMillis());
        log.granted(grant, System.nanoTime() - zero);
      } else {
        LockSupport.parkNanos(Math.min(log.turnDue(1, now) - now, 50_000_000));
      }
    }
    return null;
  }
}
