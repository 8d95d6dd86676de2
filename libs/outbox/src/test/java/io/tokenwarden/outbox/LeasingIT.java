package io.tokenwarden.outbox;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.testsupport.MutableClock;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.Transactions;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The chores of a service and who does them, on the real database.
@QuarkusTest
class LeasingIT {
  private static final Duration LEASE = Duration.ofSeconds(60);

  /// The condition may be any.
  private static final DueRows<String> CHORES =
      DueRows.of(String.class, "select id from chore", "not done or false", LEASE);

  @Inject Pool pool;
  @Inject DatabaseSignals signals;
  @Inject Replica replica;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final MutableClock clock = MutableClock.at(now);
  private Leasing leasing;

  @BeforeEach
  void thereIsNothingToDo() {
    TestDatabase.execute("delete from notifier.chore");
    leasing = new Leasing(replica, clock);
    connected();
  }

  @Test
  void whatHasWaitedLongestIsNextAndNothingBeforeItsTime() {
    // given
    chore("tomorrow", now.plusMillis(1));
    chore("today", now);
    chore("yesterday", now.minus(Duration.ofDays(1)));
    chore("done", now.minus(Duration.ofDays(2)));
    TestDatabase.execute("update notifier.chore set done = true where id = 'done'");

    // then
    assertThat(claimed()).contains("yesterday");
    assertThat(claimed()).contains("today");
    assertThat(claimed()).isEmpty();
  }

  @Test
  void ofManyThatAskAtOnceNoTwoGetTheSame() {
    // given
    var chores = IntStream.range(0, 40).mapToObj(i -> "chore " + i).collect(toSet());
    chores.forEach(id -> chore(id, now));

    // when
    var claimed = Collections.synchronizedList(new ArrayList<String>());
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        threads.execute(() -> claimAll(claimed));
      }
    }

    // then
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(chores);
  }

  private void claimAll(List<String> claimed) {
    Stream.generate(this::claimed)
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow)
        .forEach(claimed::add);
  }

  @Test
  void whatSomebodyIsAboutToLeaseIsNotWaitedFor() throws SQLException {
    // given
    chore("first", now.minusSeconds(1));
    chore("second", now);
    try (var other = SharedParts.postgres().connect(Schemas.DATABASE);
        var lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("select id from notifier.chore where id = 'first' for update");

      // when
      var claimed = claimed();

      // then
      assertThat(claimed).contains("second");
    }
  }

  @Test
  void whoLivesHoldsItUntilTheLeaseIsOverAndNoLonger() {
    // given
    chore("long", now);
    var leased = leased();
    assertThat(leased.until()).isEqualTo(now.plus(LEASE));

    // when
    clock.set(leased.until().minusMillis(1));

    // then
    assertThat(claimed()).isEmpty();

    // and when
    clock.set(leased.until());

    // then
    assertThat(claimed()).contains("long");
  }

  @Test
  void whatOneHeldWhoIsGoneIsFreeAtOnce() {
    // given
    chore("abandoned", now);
    assertThat(claimed()).isPresent();
    assertThat(claimed()).isEmpty();

    // when
    TestDatabase.endSessions(TestDatabase.LEADING);

    // then
    await().untilAsserted(() -> assertThat(claimed()).contains("abandoned"));
  }

  /// As a replica of an earlier release leased it.
  @Test
  void whatNobodyKnownHoldsIsFreeWhenTheLeaseIsOver() {
    // given
    chore("leased", now);
    TestDatabase.execute(
        "update notifier.chore set leased_until = ?", now.plus(LEASE).atOffset(ZoneOffset.UTC));

    // then
    assertThat(claimed()).isEmpty();
    clock.advance(LEASE);
    assertThat(claimed()).contains("leased");
  }

  /// It could be taken over at any time.
  @Test
  void aReplicaWithoutASessionLeasesNothing() {
    // given
    chore("waiting", now);
    var unconnected = new Leasing(new Replica(pool, signals), clock);

    // then
    assertThat(Transactions.inTransaction(() -> unconnected.next(CHORES))).isEmpty();
    assertThat(claimed()).contains("waiting");
  }

  private static void chore(String id, Instant dueAt) {
    TestDatabase.execute(
        "insert into notifier.chore (id, due_at) values (?, ?)",
        id,
        dueAt.atOffset(ZoneOffset.UTC));
  }

  private LeaseHolder connected() {
    return await().until(replica::leaseHolder, Optional::isPresent).orElseThrow();
  }

  private Optional<String> claimed() {
    return claim().map(Leased::row);
  }

  private Leased<String> leased() {
    return claim().orElseThrow();
  }

  private Optional<Leased<String>> claim() {
    return Transactions.inTransaction(() ->
        leasing
            .next(CHORES)
            .call(leased -> leased.map(LeasingIT::write).orElse(Uni.createFrom().item(0))));
  }

  private static Uni<Integer> write(Leased<String> leased) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    "update chore set leased_by = :by, leased_until = :until where id = :id")
                .setParameter("by", leased.by().id())
                .setParameter("until", leased.until())
                .setParameter("id", leased.row())
                .executeUpdate());
  }
}
