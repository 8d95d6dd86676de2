package io.tokenwarden.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.check.Checker;
import io.tokenwarden.testsupport.fleet.Database;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A checker that cannot fail is worthless: after a whole story, each kind of damage is done to the
/// tables by hand, where nobody else sees it, and must be named.
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(KeepsTheLogs.class)
class CheckerIT {
  private static final Duration REST = Duration.ofSeconds(90);

  private final Fleet fleet = Fleet.shared();
  private final Database database = fleet.database();
  private final Client client = new Client(fleet);
  private Checker checker;

  @BeforeAll
  void playAStory() {
    checker = Checker.of(fleet);
    var person = fleet.twin().person("Checked", 1, 1);
    var connection = client.connect(person);
    checker.awaitNone(REST);
    fleet.twin().changePassword(person);
    client.force(person.adAccounts().getFirst());
    checker.awaitNone(REST);
    requireBlocked(person);
    client.reconnect(person, connection);
    checker.awaitNone(REST);
  }

  private void requireBlocked(Person person) {
    var state =
        database.rows(
            "select state from sync.schedule where ad_account_id = ?",
            person.adAccounts().getFirst());
    assertThat(state.toString()).contains("BLOCKED");
  }

  @AfterAll
  void stop() {
    checker.close();
  }

  @Test
  void findsNothingWhenAllIsWell() {
    assertThat(checker.differences()).isEmpty();
  }

  /// Something that should never be.
  ///
  /// @param table of which one row is changed
  /// @param change what is done to it, as SQL with `$row` for the condition that names the row
  /// @param named part of what the checker must say
  record Damage(String what, String table, String change, String named) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Damage> damages() {
    return Stream.of(
        new Damage(
            "an event that was not taken",
            "sync.inbox",
            "delete from sync.inbox where $row",
            "sync-worker has not taken"),
        new Damage(
            "a revision that nobody announced",
            "auth.connection",
            "update auth.connection set revision = revision + 1 where $row",
            "token.health lacks revision"),
        new Damage(
            "a revision that was announced too early",
            "auth.connection",
            "update auth.connection set revision = revision - 1 where $row",
            "token.health tells revision"),
        new Damage(
            "a status that nobody announced",
            "auth.connection",
            "update auth.connection set token_status = 'EXPIRED' where $row",
            "auth.connection of"),
        new Damage(
            "an old state in the gateway",
            "gateway.connection_health",
            "update gateway.connection_health set revision = revision - 1 where $row",
            "gateway.connection_health of"),
        new Damage(
            "another health in the gateway",
            "gateway.connection_health",
            "update gateway.connection_health set health = jsonb_set(health, '{tokenStatus}',"
                + " '\"INACTIVE\"') where $row",
            "gateway.connection_health of"),
        new Damage(
            "an old state in token-refresher",
            "refresher.connection_state",
            "update refresher.connection_state set revision = revision - 1 where $row",
            "refresher.connection_state of"),
        new Damage(
            "a connection unknown to sync-worker",
            "sync.connection_state",
            "delete from sync.connection_state where $row",
            "sync.connection_state of"),
        new Damage(
            "an ad account unknown to sync-worker",
            "sync.ad_account_state",
            "delete from sync.ad_account_state where $row",
            "sync.ad_account_state of"),
        new Damage(
            "another state of an asset in notifier",
            "notifier.asset",
            "update notifier.asset set state = jsonb_set(state, '{name}', '\"x\"') where $row",
            "notifier.asset of"),
        new Damage(
            "an old state in notifier",
            "notifier.connection",
            "update notifier.connection set revision = revision - 1 where $row",
            "notifier.connection of"),
        new Damage(
            "an old schedule in notifier",
            "notifier.schedule",
            "update notifier.schedule set revision = revision - 1 where $row",
            "notifier.schedule of"),
        new Damage(
            "an old time of the last sync in notifier",
            "notifier.ad_account_sync",
            "update notifier.ad_account_sync set read_at = read_at - interval '1 s' where $row",
            "notifier.ad_account_sync of"),
        new Damage(
            "a schedule that runs through nothing",
            "sync.schedule",
            "update sync.schedule set via_connection_id = gen_random_uuid() where $row",
            "which cannot read"),
        new Damage(
            "a schedule that is blocked for no cause",
            "sync.schedule",
            "update sync.schedule set state = 'BLOCKED' where $row",
            "is blocked and names no cause"),
        new Damage(
            "a schedule that is blocked though a connection can read",
            "sync.schedule",
            "update sync.schedule set state = 'BLOCKED', causes = '[{}]' where $row",
            "can read"),
        new Damage(
            "an ad account without a schedule",
            "sync.schedule",
            "delete from sync.schedule where $row",
            "has no schedule"),
        new Damage(
            "a notification that was never raised",
            "notifier.notification",
            "update notifier.notification set notification_id = gen_random_uuid() where $row",
            "was announced OPEN 0 times"),
        new Damage(
            "a notification that was resolved though it was not announced",
            "notifier.notification",
            "update notifier.notification set state = 'OPEN', resolved_at = null where $row",
            "a notification is open of what is over"),
        new Damage(
            "a run under way",
            "sync.schedule",
            "update sync.schedule set run_lease = gen_random_uuid(), run_leased_until ="
                + " now() + interval '1 h' where $row",
            "a run under way"),
        new Damage(
            "work under way",
            "refresher.due_work",
            "update refresher.due_work set lease = gen_random_uuid(), leased_until ="
                + " now() + interval '1 h' where $row",
            "work under way"),
        new Damage(
            "an open question",
            "auth.question",
            "update auth.question set answered_at = null, due_at = now() + interval '1 h'"
                + " where $row",
            "an open question"),
        new Damage(
            "a lost row of insights",
            "sync.insight",
            "delete from sync.insight where $row",
            "sync.insight"),
        new Damage(
            "a wrong row of insights",
            "sync.insight",
            "update sync.insight set clicks = clicks + 1 where $row",
            "sync.insight"),
        new Damage(
            "a ledger that differs from its rows",
            "sync.coverage",
            "update sync.coverage set spend = spend + 0.01 where $row",
            "ledger and rows differ"),
        new Damage(
            "a day that was not read",
            "sync.coverage",
            "delete from sync.coverage where $row",
            "was not read"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void names(Damage damage) {
    try (var trial = database.trial()) {
      // given
      var harmed = trial.database();
      var row = harmed.rows("select ctid::text as place from " + damage.table() + " limit 1");
      assertThat(row).as("a row of %s to damage", damage.table()).hasSize(1);

      // when
      var changed =
          harmed.change(
              damage.change().replace("$row", "ctid = '" + row.getFirst().get("place") + "'"));

      // then
      assertThat(changed).isEqualTo(1);
      assertThat(checker.on(harmed).differences())
          .anyMatch(difference -> difference.contains(damage.named()));
    }
  }

  @Test
  void namesARowThatIsNotSent() {
    try (var trial = database.trial()) {
      // when
      trial
          .database()
          .change(
              """
              insert into notifier.outbox (topic, record_key, headers, value, created_at)
              values ('no.such.topic', 'key', '{}', '', now())
              """);

      // then
      assertThat(checker.on(trial.database()).differences())
          .anyMatch(difference -> difference.contains("notifier has not sent"));
    }
  }
}
