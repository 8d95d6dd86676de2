package io.tokenwarden.system.doors;

import static io.tokenwarden.system.doors.Doors.order;
import static io.tokenwarden.system.doors.Explanations.GROWS;
import static io.tokenwarden.system.doors.Explanations.NEXT;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.contracts.Topic;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.Photograph.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// A reconnect changes only the credential (P1). Every row of every table of the database is
/// compared, before the token died and after the reconnect has settled; what differs has to be
/// named here, column by column, with its reason. A table or a column that is new is compared like
/// the rest; what counts calls to Meta is left out ([Ledger#settled(BooleanSupplier)]).
class ReconnectIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String UNDER_WAY =
      """
      with ours as (select * from auth.connection where id = '%s')
      select count(*)::text from (
        select from auth.question q, ours where q.connection_id = ours.id and answered_at is null
        union all
        select from auth.audit_log where position is null
        union all
        select from auth.outbox
        union all
        select from gateway.outbox
        union all
        select from sync.outbox
        union all
        select from notifier.outbox
        union all
        select from ours where not exists (
          select from refresher.due_work w
          where w.connection_id = ours.id and w.generation = ours.generation and done_at is not null)
        union all
        select from sync.schedule
        where ad_account_id in (%s)
          and (run_lease is not null or state <> 'RUNNING' or not paused and next_run_at < now())
        union all
        select from notifier.notification n, ours where n.connection_id = ours.id and state = 'OPEN')
      """;

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Doors doors = new Doors(stack);
  private final Ledger ledger = new Ledger(stack);
  private Person person;
  private String connection;

  @Test
  void onlyTheCredentialIsAnother() {
    // given
    person = twin.person("Reconnects", 3, 1);
    connection = doors.connect(person, order().put("profile", "business-discovery"));
    await().atMost(PATIENCE).until(this::allIsRead);
    somethingIsSetUp();
    othersRest();
    await().atMost(PATIENCE.multipliedBy(3)).until(this::noDayEndsSoon);
    var before = ledger.settled(this::nothingIsUnderWay);

    var lastCall = twin.lastCall();

    // when
    twin.changePassword(person);
    onSchedule(person.adAccounts().getFirst(), "force");
    await().atMost(PATIENCE).until(this::theVerdictFell);
    var again = doors.connect(person, order().put("connectionId", connection));
    var after = ledger.settled(this::nothingIsUnderWay);

    // then
    assertThat(again).isEqualTo(connection);
    var differences = before.differencesTo(after);
    var explanations = explanations();
    assertThat(explanations.unexplained(differences)).as("differs without a reason").isEmpty();
    assertThat(explanations.needless(differences)).as("does not differ at all").isEmpty();
    assertThat(writesAfter(lastCall)).as("written at Meta").isEmpty();

    // and when: a schedule is made anew, with all that was in it
    ledger.change(
        "update sync.schedule set id = default where ad_account_id = '%s'"
            .formatted(person.adAccounts().getLast()));

    // then
    assertThat(
            explanations.unexplained(before.differencesTo(ledger.photograph(Ledger::allButCounts))))
        .extracting(Difference::toString)
        .satisfiesExactly(
            gone -> assertThat(gone).startsWith("sync.schedule: gone"),
            added -> assertThat(added).startsWith("sync.schedule: added"));
  }

  /// Whatever is neither a read, nor asks for a report, nor is about tokens.
  private List<JsonNode> writesAfter(long call) {
    return StreamSupport.stream(twin.callsAfter(call).spliterator(), false)
        .filter(it -> !it.get("method").asText().equals("GET"))
        .filter(it -> !it.get("path").asText().matches(".*/(insights|oauth/access_token)"))
        .toList();
  }

  // ---- the world before

  /// What people have made of the connection: a handle for one ad account, and a pause of another.
  private void somethingIsSetUp() {
    var handle =
        order()
            .put("connectionId", connection)
            .put("access", "read")
            .put("expiresAt", Instant.now().plus(Duration.ofDays(1)).toString());
    handle.putArray("assets").add(person.adAccounts().getFirst());
    made("/auth/handles", handle);
    onSchedule(person.adAccounts().getLast(), "pause");
  }

  private void onSchedule(String adAccount, String deed) {
    made("/sync/schedules/" + adAccount + "/" + deed + "?workspace=demo", null);
  }

  private void made(String path, ObjectNode order) {
    var answer = doors.post(path, order);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }

  /// Nobody else's work falls due meanwhile.
  private void othersRest() {
    ledger.change(
        "update sync.schedule set next_run_at = next_run_at + interval '1 hour'"
            + " where ad_account_id not in (%s)".formatted(accounts()));
    ledger.change(
        "update refresher.due_work set due_at = due_at + interval '1 hour'"
            + " where connection_id <> '%s'".formatted(connection));
    ledger.change(
        "update auth.question set due_at = due_at + interval '1 hour'"
            + " where answered_at is null and connection_id <> '%s'".formatted(connection));
  }

  /// The next day of an ad account would be another day to read.
  private boolean noDayEndsSoon() {
    return ledger
        .one(
            """
            select count(*)::text from sync.schedule
            where ad_account_id in (%s) and (now() at time zone timezone)::date
              <> ((now() + interval '2 minutes') at time zone timezone)::date
            """
                .formatted(accounts()))
        .equals("0");
  }

  private String accounts() {
    return person.adAccounts().stream().collect(joining("','", "'", "'"));
  }

  // ---- what is waited for

  private boolean allIsRead() {
    return schedules("last_run_at is not null");
  }

  /// Everybody knows that the token is dead, and has done about it what is to be done.
  private boolean theVerdictFell() {
    return schedules("state = 'BLOCKED' and run_lease is null")
        && count("notifier.notification", "connection_id = '%s' and state = 'OPEN'", connection)
            == 1;
  }

  private boolean schedules(String state) {
    return count("sync.schedule", state + " and ad_account_id in (%s)", accounts())
        == person.adAccounts().size();
  }

  private long count(String table, String condition, String value) {
    return Long.parseLong(
        ledger.one("select count(*)::text from " + table + " where " + condition.formatted(value)));
  }

  /// All that follows from the last change has followed.
  private boolean nothingIsUnderWay() {
    return ledger.one(UNDER_WAY.formatted(connection, accounts())).equals("0");
  }

  // ---- what may differ

  private Explanations explanations() {
    var explanations = new Explanations(ours());
    inAuthService(explanations);
    withEverybodyWhoHears(explanations);
    inTheSync(explanations);
    withPeople(explanations);
    return explanations;
  }

  private void inAuthService(Explanations may) {
    may.gone("auth.access_token", "the dead token is forgotten")
        .added("auth.access_token", "here is the new one")
        .number("auth.connection", "generation", NEXT, "it has the next token")
        .number("auth.connection", "revision", GROWS, "its state changed, and changed back")
        .number("auth.connection", "answered_revision", GROWS, "questions were answered")
        .later("auth.connection", "stored_at", "the new token came later")
        .later("auth.connection", "expires_at", "the new token ends later")
        .later("auth.connection", "data_access_expires_at", "the person has logged in again")
        .later("auth.connection", "verified_at", "the new token was looked at")
        .later("auth.connection", "next_clock_at", "the clocks are those of the new token")
        .added("auth.connection_journal", "every revision is written down")
        .added("auth.question", "Meta was asked about the dead token")
        .added("auth.handoff", "the person went to Meta's dialog")
        .added("auth.audit_log", "every deed is on record", ReconnectIT::isDeed)
        .number("auth.audit_head", "position", GROWS, "the record is longer")
        .changed("auth.audit_head", "hash", "the record is longer");
  }

  private static final Set<String> DEEDS =
      Set.of("credential.leased", "connection.reconnected", "token.expired");

  private static boolean isDeed(JsonNode entry) {
    return DEEDS.contains(entry.get("action").asText());
  }

  private void withEverybodyWhoHears(Explanations may) {
    for (var service : List.of("auth", "gateway", "refresher", "sync", "notifier")) {
      may.added(service + ".inbox", "it heard what was said of the connection");
    }
    may.number("gateway.connection_health", "generation", NEXT, "it was told of the next token")
        .number("gateway.connection_health", "revision", GROWS, "it was told of all states")
        .added("gateway.doubt", "a call was refused with the dead token");
    news(may, "gateway.connection_health", "health.");
    may.number("gateway.connection_health", "changed_in", GROWS, "that was a change");
    for (var table :
        List.of("refresher.connection_state", "sync.connection_state", "notifier.connection")) {
      may.number(table, "revision", GROWS, "it was told of all states")
          .number(table, "state.generation", NEXT, "it was told of the next token")
          .number(table, "state.revision", GROWS, "it was told of all states")
          .later(table, "state.occurredAt", "it was told of all states");
      news(may, table, "state.health.");
    }
    may.number("sync.connection_state", "generation", NEXT, "it was told of the next token")
        .gone("refresher.due_work", "with a dead token there is no access to look at")
        .added("refresher.due_work", "access is looked at with the new token");
  }

  /// What is told of a token.
  private static void news(Explanations may, String table, String health) {
    may.later(table, health + "expiresAt", "the new token ends later")
        .later(table, health + "dataAccessExpiresAt", "the person has logged in again")
        .later(table, health + "verifiedAt", "the new token was looked at");
  }

  private void inTheSync(Explanations may) {
    may.number("sync.schedule", "revision", GROWS, "it was blocked and resumed")
        .later("sync.schedule", "last_run_at", "it has run with the new token")
        .later("sync.schedule", "next_run_at", "so the next run is later, too")
        .later("sync.coverage", "read_at", "what was not final was read again")
        .number("sync.coverage", "generation", NEXT, "it was read with the new token");
  }

  private void withPeople(Explanations may) {
    may.added(
            "notifier.notification", "a person was told, and that it is over", ReconnectIT::isOver)
        .added("notifier.schedule", "it was blocked for the first time", ReconnectIT::isResumed)
        .later("notifier.ad_account_sync", "read_at", "it was read again");
  }

  private static boolean isOver(JsonNode notification) {
    return notification.get("state").asText().equals("RESOLVED");
  }

  private static boolean isResumed(JsonNode schedule) {
    return schedule.at("/state/causes").isEmpty();
  }

  // ---- whom it is about

  /// Whether a row names the connection, the person or one of the ad accounts, or an event that
  /// does. The end of the audit log is everybody's.
  private Predicate<Difference> ours() {
    var told = told();
    return difference ->
        names(difference.row().toString())
            || told.contains(difference.row().path("event_id").asText())
            || difference.table().equals("auth.audit_head");
  }

  private boolean names(String text) {
    return Stream.concat(Stream.of(connection, person.id()), person.adAccounts().stream())
        .anyMatch(text::contains);
  }

  /// The ids of all that was said of it.
  private Set<String> told() {
    return Stream.of(Topic.values())
        .flatMap(topic -> stack.topics().all(topic.topicName()).stream())
        .filter(record -> names(record.key() + record.text()))
        .flatMap(record -> record.header("ce_id").stream())
        .collect(toSet());
  }
}
