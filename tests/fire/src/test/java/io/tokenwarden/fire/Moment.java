package io.tokenwarden.fire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.fleet.HeldLock;
import io.tokenwarden.testsupport.fleet.Replica;
import io.tokenwarden.testsupport.link.Fault;
import java.time.Duration;
import java.util.function.Consumer;

/// A point in the story, between a token's death and the word of it, at which a service is half-way
/// through. It is forced from outside, by a lock that the test holds or a link it has cut, and the
/// database shows that the service has come there and not beyond.
enum Moment {

  /// The verdict is committed, and nobody has heard of it.
  BETWEEN_VERDICT_AND_ANNOUNCEMENT(Service.AUTH_SERVICE) {
    @Override
    AutoCloseable reach(Story story) {
      var kafka = story.fleet().toKafka();
      try (var lock = lockTable(story, "auth.question")) {
        story.tokenDies();
        lock.awaitWaiter(acting(story), "insert into question");
        kafka.inflict(Fault.refuse());
        kafka.reset();
      }
      await().atMost(SOON).untilAsserted(() -> assertThat(expired(story)).isEqualTo(1));
      assertThat(waiting(story, "auth", "token.expired", story.connection().toString()))
          .isEqualTo(1);
      return kafka::heal;
    }
  },

  /// The world has heard, and the schedule does not know yet.
  BETWEEN_ANNOUNCEMENT_AND_BLOCK(Service.SYNC_WORKER) {
    @Override
    AutoCloseable reach(Story story) {
      return held(
          lockSubject(story, "sync/demo"),
          lock -> {
            story.tokenDies();
            lock.awaitWaiter(acting(story), "pg_advisory_xact_lock");
            await().atMost(SOON).untilAsserted(() -> assertAnnounced(story));
            assertThat(story.scheduleState()).isEqualTo("RUNNING");
          });
    }
  },

  /// What is known of the connection is changed and its schedule is being blocked, in a transaction
  /// that has yet to announce it and to commit.
  BETWEEN_BLOCK_AND_COMMIT(Service.SYNC_WORKER) {
    @Override
    AutoCloseable reach(Story story) {
      return held(
          lockTable(story, "sync.outbox"),
          lock -> {
            story.tokenDies();
            var waiter = lock.awaitWaiter(acting(story), "insert into outbox");
            assertThat(holds(story, waiter.pid(), "RowExclusiveLock", "sync.connection_state"))
                .isTrue();
            assertThat(holds(story, waiter.pid(), "RowShareLock", "sync.schedule")).isTrue();
            assertThat(story.scheduleState()).isEqualTo("RUNNING");
          });
    }
  },

  /// The world has heard, and nobody has told the person.
  BETWEEN_ANNOUNCEMENT_AND_NOTIFICATION(Service.NOTIFIER) {
    @Override
    AutoCloseable reach(Story story) {
      return held(
          lockSubject(story, "notifier/connection " + story.connection()),
          lock -> {
            story.tokenDies();
            lock.awaitWaiter(acting(story), "pg_advisory_xact_lock");
            await().atMost(SOON).untilAsserted(() -> assertAnnounced(story));
            assertThat(story.notifications("OPEN")).isEmpty();
          });
    }
  },

  /// Meta has refused the token, the gateway asks for a newer one, and auth-service is about to
  /// write down that it lends it.
  IN_THE_REFRESH_OF_THE_LEASE(Service.GRAPH_GATEWAY) {
    @Override
    AutoCloseable reach(Story story) {
      return held(
          lockTable(story, "auth.audit_log"),
          lock -> {
            story.tokenDies();
            var lender = story.fleet().replica(Service.AUTH_SERVICE);
            lock.awaitWaiter(lender, "insert into audit_log");
            assertThat(doubts(story)).isZero();
          });
    }

    /// Whoever knew that Meta had refused the token may be dead: the next call finds out, and the
    /// next one that the schedule makes by itself may be a minute away.
    @Override
    void goesOn(Story story) {
      story.isCalledFor();
    }
  };

  private static final Duration SOON = ofSeconds(30);

  private final Service acting;

  Moment(Service acting) {
    this.acting = acting;
  }

  Service acting() {
    return acting;
  }

  /// Lets the story's token die and holds it at this moment.
  ///
  /// @return what holds it, to be closed
  abstract AutoCloseable reach(Story story);

  /// What happens next, with everybody alive again.
  void goesOn(Story story) {}

  Replica acting(Story story) {
    return story.fleet().replica(acting);
  }

  /// Lets go if it does not come to that.
  private static HeldLock held(HeldLock lock, Consumer<HeldLock> proof) {
    try {
      proof.accept(lock);
      return lock;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /// Rows can be read, and none added.
  private static HeldLock lockTable(Story story, String table) {
    return HeldLock.by(story.fleet().database(), "lock table " + table + " in share mode");
  }

  /// As a service locks what it merges; the name begins with its schema.
  private static HeldLock lockSubject(Story story, String subject) {
    return HeldLock.by(
        story.fleet().database(), "select pg_advisory_xact_lock(hashtextextended(?, 0))", subject);
  }

  private static long expired(Story story) {
    return story
        .fleet()
        .database()
        .count(
            "select count(*) from auth.connection where id = ? and token_status = 'EXPIRED'",
            story.connection());
  }

  private static long waiting(Story story, String schema, String topic, String key) {
    return story
        .fleet()
        .database()
        .count(
            "select count(*) from " + schema + ".outbox where topic = ? and record_key = ?",
            topic,
            key);
  }

  private static void assertAnnounced(Story story) {
    assertThat(story.facts("token.expired", story.connection().toString())).hasSize(1);
  }

  /// Whether the open transaction of a session has locked rows of the table, or changed some.
  private static boolean holds(Story story, int pid, String mode, String table) {
    return story
            .fleet()
            .database()
            .count(
                """
                select count(*) from pg_locks
                where pid = ? and relation = cast(? as regclass) and granted
                  and mode = ?
                """,
                pid,
                table,
                mode)
        == 1;
  }

  private static long doubts(Story story) {
    return story
        .fleet()
        .database()
        .count("select count(*) from gateway.doubt where connection_id = ?", story.connection());
  }
}
