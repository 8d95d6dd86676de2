package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplicaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Inject Replica replica;
  @Inject DatabaseSignals signals;
  @Inject Pool pool;

  @Test
  void whoBeginsToListenLaterHearsEachSignalOnce() {
    // given
    listenFor("Earlier");
    var heard = listenFor("Later");

    // when
    signal("Later", "here");

    // then
    await().untilAsserted(() -> assertThat(heard).containsExactly("", "here"));
  }

  @Test
  void isToldToLookAndHearsAgainAfterItsSessionWasEnded() {
    // given
    var heard = listenFor("lost");

    // when
    TestDatabase.endSessions(TestDatabase.LEADING);
    await().untilAsserted(() -> assertThat(heard).containsExactly("", ""));
    signal("lost", "again");

    // then
    await().untilAsserted(() -> assertThat(heard).containsExactly("", "", "again"));
  }

  @Test
  void oneListenerThatFailsKeepsNoOtherFromHearing() {
    // given
    signals.hear(
        "shared",
        _ -> {
          throw new IllegalStateException("asked to");
        });
    var heard = listenFor("shared");

    // when
    signal("shared", "here");

    // then
    await().untilAsserted(() -> assertThat(heard).containsExactly("", "here"));
  }

  @Test
  void aConnectionGoesBackToThePoolAsItCame() {
    // given
    var connection = ReplicaConnection.open(pool, (_, _) -> {}).await().atMost(PATIENCE);
    connection.listen(Set.of("given-back")).await().atMost(PATIENCE);
    await()
        .until(() -> {
          TestDatabase.endSessions(TestDatabase.LEADING);
          return connection.lead().await().atMost(PATIENCE);
        });
    int process = TestDatabase.column(TestDatabase.LEADING, Integer.class).getFirst();

    // when
    connection.giveBack().await().atMost(PATIENCE);

    // then
    var state = stateOf(process);
    assertThat(state.getLong("channels")).isZero();
    assertThat(state.getLong("locks")).isZero();
    assertThat(state.getString("silence_limit")).isEqualTo("0");
  }

  @Test
  void aLeaseIsOverWhenTheSessionIsUnderWhichItWasTaken() {
    // given
    var holder = leaseHolder();
    assertThat(lives(holder)).isTrue();

    // when
    TestDatabase.endSessions(TestDatabase.LEADING);

    // then
    await().until(() -> !lives(holder));
    await().untilAsserted(() -> assertThat(leaseHolder()).isNotEqualTo(holder));
    assertThat(lives(leaseHolder())).isTrue();
  }

  @Test
  void aLeaseOfNobodyKnownLastsAsLongAsItIsToLast() {
    assertThat(
            TestDatabase.column("select notifier.lease_holder_lives(null) is null", Boolean.class))
        .containsExactly(true);
  }

  private LeaseHolder leaseHolder() {
    return await().until(replica::leaseHolder, Optional::isPresent).orElseThrow();
  }

  private static boolean lives(LeaseHolder holder) {
    return TestDatabase.column("select notifier.lease_holder_lives(?)", Boolean.class, holder.id())
        .getFirst();
  }

  /// Ready once it was called for the first time.
  private Queue<String> listenFor(String name) {
    var heard = new ConcurrentLinkedQueue<String>();
    signals.hear(name, heard::add);
    await().untilAsserted(() -> assertThat(heard).containsExactly(""));
    return heard;
  }

  private static void signal(String name, String payload) {
    TestDatabase.execute("select pg_notify(?, ?)", name + "_notifier", payload);
  }

  /// What the pooled connection with that server process holds; takes connections until it is
  /// found.
  private Row stateOf(int process) {
    List<SqlConnection> taken = new ArrayList<>();
    try {
      while (taken.size() < 20) {
        var connection = pool.getConnection().await().atMost(PATIENCE);
        taken.add(connection);
        var state = state(connection);
        if (state.getInteger("pid") == process) {
          return state;
        }
      }
      throw new AssertionError("The connection is not in the pool");
    } finally {
      taken.forEach(connection -> connection.closeAndAwait());
    }
  }

  private static Row state(SqlConnection connection) {
    return connection
        .query(
            """
            select pg_backend_pid() as pid,
              (select count(*) from pg_listening_channels()) as channels,
              (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())
                as locks,
              current_setting('idle_session_timeout') as silence_limit
            """)
        .execute()
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next();
  }
}
