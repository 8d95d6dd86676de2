package io.tokenwarden.fire;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.fleet.Database;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.HeldLock;
import io.tokenwarden.testsupport.fleet.Replica;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// One person's story on a fleet: connected and read, the token dies, the schedule is blocked and
/// the person is told, they reconnect, and nothing is missing. It is told by the tables and the
/// topics, past everything that burns.
final class Story {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  static final String WORKSPACE = "demo";

  /// A week at two levels, as the fleet's plan has it.
  private static final long DAYS_READ = 14;

  private final Fleet fleet;
  private final Client client;
  private final Database database;
  private final Person person;
  private final String connection;

  private Story(Fleet fleet, Client client, Person person, String connection) {
    this.fleet = fleet;
    this.client = client;
    this.database = fleet.database();
    this.person = person;
    this.connection = connection;
  }

  /// Up to where everything is well: connected, and all days read.
  static Story begun(Fleet fleet, String name) {
    var story = connected(fleet, fleet.twin().person(name, 1, 1));
    story.isWell();
    return story;
  }

  /// Up to where the person is connected.
  static Story connected(Fleet fleet, Person person) {
    return of(fleet, person, new Client(fleet).connect(person));
  }

  static Story of(Fleet fleet, Person person, String connection) {
    return new Story(fleet, new Client(fleet), person, connection);
  }

  /// The same story, in which people and operators get to this replica of its service every time.
  Story at(Replica replica) {
    return new Story(fleet, new Client(fleet.by(replica)), person, connection);
  }

  Fleet fleet() {
    return fleet;
  }

  Person person() {
    return person;
  }

  UUID connection() {
    return UUID.fromString(connection);
  }

  String account() {
    return person.adAccounts().getFirst();
  }

  String label() {
    return WORKSPACE + "/" + account();
  }

  /// Meta invalidates the token, and the next call finds out.
  void tokenDies() {
    tokenDiesUnnoticed();
    isCalledFor();
  }

  /// Somebody wants the account to be read now.
  void isCalledFor() {
    client.force(account());
  }

  void tokenDiesUnnoticed() {
    fleet.twin().changePassword(person);
  }

  /// The tokens Meta has given so far end after this time, as auth-service learns by asking.
  void endsIn(Duration time) {
    var end = Clock.systemUTC().instant().plus(time);
    fleet.twin().livingTokens(person).forEach(label -> fleet.twin().endToken(label, end));
    is("verify");
  }

  /// An operator wants something of the connection: `refresh`, `verify`, `disconnect`.
  ///
  /// @return the answer
  JsonNode is(String wanted) {
    return client.post("auth-service", "/auth/connections/" + connection + "/" + wanted, "{}");
  }

  /// The connection as auth-service shows it.
  JsonNode shown() {
    return client.getJson("auth-service", "/auth/connections/" + connection);
  }

  void reconnects() {
    client.reconnect(person, connection);
  }

  /// Up to where the person is connected, without an ad account to be read, and nobody but the test
  /// has anything to do for the connection.
  static Story atRest(Fleet fleet, String name) {
    var story = connected(fleet, fleet.twin().person(name, 0, 0));
    await().atMost(PATIENCE).until(() -> story.checksDone() == 1);
    return story;
  }

  /// As [#atRest], with a token that a refresh would make last longer.
  static Story beforeARefresh(Fleet fleet, String name) {
    var story = atRest(fleet, name);
    story.endsIn(Duration.ofDays(20));
    return story;
  }

  private long checksDone() {
    return database.count(
        """
        select count(*) from refresher.due_work
        where connection_id = ? and done_at is not null and lease is null and due_at > now()
        """,
        connection());
  }

  /// The schedule runs, all days are read, nothing is due and nobody has anything to do.
  void isWell() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(scheduleState()).isEqualTo("RUNNING");
          assertThat(daysRead()).isEqualTo(DAYS_READ);
          assertThat(runsToCome()).isZero();
          assertThat(notifications("OPEN")).isEmpty();
        });
  }

  /// The token is known to be dead, its schedule names the cause and the person is told once.
  void isBlocked() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(scheduleState()).isEqualTo("BLOCKED");
          assertThat(scheduleCauses()).contains("AUTH_EXPIRED", "PASSWORD_CHANGED");
          assertThat(notifications("OPEN")).hasSize(1);
        });
  }

  /// Everything that happened in the story was announced, each of it once, however often a record
  /// was sent; and nothing waits to be announced.
  void wasToldOnce() {
    everythingIsTold();
    assertThat(facts("token.connected", connection)).as("token.connected").hasSize(2);
    assertThat(facts("token.expired", connection)).as("token.expired").hasSize(1);
    assertThat(facts("schedule.blocked", label())).as("schedule.blocked").hasSize(1);
    assertThat(facts("schedule.resumed", label())).as("schedule.resumed").hasSize(1);
    assertThat(notifications("RESOLVED")).as("notifications").hasSize(1);
    var notification = notifications("RESOLVED").iterator().next();
    assertThat(facts("notification.raised", notification)).as("opened and resolved").hasSize(2);
  }

  /// Whoever wants to change the connection waits for this lock.
  HeldLock lockConnection() {
    return HeldLock.by(
        database, "select 1 from auth.connection where id = ? for no key update", connection());
  }

  /// Nothing that happened so far waits to be announced.
  void everythingIsTold() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(waitingFacts()).isZero());
  }

  /// The ids of what was announced with the key.
  Set<String> facts(String topic, String key) {
    return fleet.topics().all(topic, key).stream()
        .map(record -> record.header("ce_id").orElseThrow())
        .collect(toSet());
  }

  /// The labels of the tokens that Meta gave for this person so far.
  Set<String> tokens() {
    return StreamSupport.stream(fleet.twin().tokens().spliterator(), false)
        .filter(token -> token.get("personId").asText().equals(person.id()))
        .map(token -> token.get("label").asText())
        .collect(toSet());
  }

  String scheduleState() {
    return text("select state from sync.schedule where ad_account_id = ?", account());
  }

  private String scheduleCauses() {
    return text("select causes from sync.schedule where ad_account_id = ?", account());
  }

  private long daysRead() {
    return database.count("select count(*) from sync.coverage where ad_account_id = ?", account());
  }

  /// A run that is due, under way, or failed and to be made again.
  private long runsToCome() {
    return database.count(
        """
        select count(*) from sync.schedule
        where ad_account_id = ?
          and (next_run_at <= now() or run_lease is not null or full_requested_at is not null
            or last_failure is not null)
        """,
        account());
  }

  Set<String> notifications(String state) {
    return database
        .rows(
            """
            select notification_id from notifier.notification
            where connection_id = ? and state = ?
            """,
            connection(),
            state)
        .stream()
        .map(row -> row.get("notification_id").toString())
        .collect(toSet());
  }

  /// In the outboxes of all services.
  private long waitingFacts() {
    return database.count(
        """
        select (select count(*) from auth.outbox) + (select count(*) from gateway.outbox)
          + (select count(*) from sync.outbox) + (select count(*) from notifier.outbox)
          + (select count(*) from refresher.outbox)
        """);
  }

  private String text(String query, Object... parameters) {
    var rows = database.rows(query, parameters);
    return rows.isEmpty() ? "none" : String.valueOf(rows.getFirst().values().iterator().next());
  }
}
