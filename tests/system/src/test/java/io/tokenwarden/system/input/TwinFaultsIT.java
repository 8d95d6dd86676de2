package io.tokenwarden.system.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.system.stack.Holds;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Meta's bad days, seen through the running product. None of them kills a token or alarms anybody
/// falsely, none makes it call in a tight loop or claim to have read what it has not, and when one
/// is over everything goes on by itself.
@TestInstance(Lifecycle.PER_CLASS)
class TwinFaultsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration QUIET = Duration.ofSeconds(2);

  /// A run tries a failed page three times; within a few seconds there is one run, perhaps two.
  private static final int FEW_CALLS = 7;

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack);
  private Person person;
  private String connection;
  private String west;
  private String east;

  @BeforeAll
  void connect() {
    person = twin.person("Stormy", 2, 1);
    connection = client.connect(person);
    west = person.adAccounts().getFirst();
    east = person.adAccounts().getLast();
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(west));
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(east));
  }

  @AfterEach
  void letMetaBeWell() {
    twin.clearFaults();
    twin.happensToTheApp("restore");
    twin.happens(person, "pass-checkpoint");
    twin.grant(person, "ads_read");
    twin.regainAdAccount(person, west);
  }

  @Test
  void aCheckpointIsToldOnceAndIsOverWhenItIsPassed() throws Exception {
    // given
    twin.happens(person, "checkpoint");

    // when
    force(west);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(conditions()).contains("CHECKPOINT"));
    assertThat(health().get("tokenStatus").asText()).isEqualTo("ACTIVE");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(schedule(west).get("state").asText()).isEqualTo("BLOCKED");
          assertThat(schedule(west).at("/causes/0/condition").asText()).isEqualTo("CHECKPOINT");
          assertThat(notifications("OPEN")).containsExactly("CHECKPOINT");
        });
    assertThat(client.graph(connection, "/v25.0/me").body()).contains("459");
    nobodyWasAlarmed();

    // and when
    twin.happens(person, "pass-checkpoint");
    askAgainNow();

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(conditions()).isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(west));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(notifications("OPEN")).isEmpty());
    assertThat(notifications("RESOLVED")).containsOnlyOnce("CHECKPOINT");
  }

  /// A person at a checkpoint is looked after every fifteen minutes; here the next look is due now.
  private void askAgainNow() throws SQLException {
    assertThat(askNow("connection_id = '" + connection + "'")).isEqualTo(1);
  }

  /// @return how many questions are due now
  private int askNow(String which) throws SQLException {
    try (var database =
            DriverManager.getConnection(
                stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
        var statement = database.createStatement()) {
      return statement.executeUpdate(
          "update auth.question set due_at = now() where answered_at is null and " + which);
    }
  }

  /// Nobody calls through a blocked app until Meta was asked again, once a minute; here it is asked
  /// now.
  private void appIsServedAgain() throws SQLException {
    askNow("subject = 'APP'");
    await().atMost(PATIENCE).until(() -> client.graph(connection, "/v25.0/me").statusCode() == 200);
  }

  /// A bad day of the ad account `west`.
  ///
  /// @param code what its schedule says of the run
  /// @param alone whether the other ad account does not notice
  private record BadDay(
      String name,
      String code,
      boolean alone,
      BiConsumer<MetaTwin, Person> begin,
      BiConsumer<MetaTwin, Person> end) {
    @Override
    public String toString() {
      return name;
    }

    static BadDay of(String preset, String code) {
      return of(preset, code, true);
    }

    private static BadDay of(String preset, String code, boolean alone) {
      return new BadDay(
          preset,
          code,
          alone,
          (twin, person) ->
              twin.badDay(preset, "act_" + person.adAccounts().getFirst() + "/insights"),
          (twin, _) -> twin.clearFaults());
    }

    static BadDay ofTheApp(String deed, String code) {
      return new BadDay(
          "app: " + deed,
          code,
          false,
          (twin, _) -> twin.happensToTheApp(deed),
          (twin, _) -> twin.happensToTheApp("restore"));
    }
  }

  static Stream<BadDay> badDays() {
    return Boolean.getBoolean("long")
        ? Stream.concat(ordinary(), Stream.of(BadDay.ofTheApp("delete", "AUTH_ERROR")))
        : ordinary();
  }

  private static Stream<BadDay> ordinary() {
    return Stream.of(
        BadDay.of("outage", "TRANSIENT"),
        BadDay.of("html-500", "SERVER_ERROR"),
        BadDay.of("truncated", "TRANSIENT"),
        BadDay.of("app-throttle", "RATE_LIMITED", false),
        BadDay.of("insights-throttle", "RATE_LIMITED"),
        BadDay.ofTheApp("block", "BLOCKED"));
  }

  @ParameterizedTest
  @MethodSource("badDays")
  void aBadDayCostsNothingButTime(BadDay day) throws SQLException {
    // given
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(west));
    var readBefore = readAt(west);
    var lastCall = twin.lastCall();
    day.begin().accept(twin, person);

    // when
    force(west);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(failure(west)).isEqualTo(day.code()));
    await().during(QUIET).atMost(QUIET.multipliedBy(3)).untilAsserted(this::isActive);
    assertThat(readAt(west)).as("what is said to be read").isEqualTo(readBefore);
    assertThat(insightsCalls(west, lastCall)).hasSizeLessThanOrEqualTo(FEW_CALLS);
    nobodyWasAlarmed();
    if (day.alone()) {
      force(east);
      await().atMost(PATIENCE).untilAsserted(() -> isSynced(east));
    }

    // and when
    day.end().accept(twin, person);
    if (day.code().equals("RATE_LIMITED")) {
      Holds.end(stack);
    }
    if (!day.alone()) {
      appIsServedAgain();
    }
    force(west);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(west));
    assertThat(readAt(west)).isAfter(readBefore);
    isActive();
  }

  /// What is really lost is named, with the token left alive, until an operator has it looked at
  /// again.
  @ParameterizedTest
  @CsvSource({
    "lose, AD_ACCOUNT_UNAVAILABLE",
    "lose-grant, AD_ACCOUNT_UNAVAILABLE",
    "withdraw, MISSING_SCOPE"
  })
  void whatIsLostIsNamedUntilItIsBack(String deed, String condition) {
    // given
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(west));

    // when
    happens(deed);
    force(west);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(conditions()).contains(condition));
    assertThat(health().get("tokenStatus").asText()).isEqualTo("ACTIVE");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(schedule(west).get("state").asText()).isEqualTo("BLOCKED"));

    // and when
    everythingIsBack();
    client.post("auth-service", "/auth/connections/" + connection + "/verify", "");

    // then
    await().atMost(PATIENCE).untilAsserted(this::isActive);
    await().atMost(PATIENCE).untilAsserted(() -> isSynced(west));
  }

  private void happens(String deed) {
    if (deed.equals("withdraw")) {
      twin.withdraw(person, "ads_read");
    } else {
      twin.happens(person, "ad-accounts/" + west + "/" + deed);
    }
  }

  private void everythingIsBack() {
    twin.grant(person, "ads_read");
    twin.regainAdAccount(person, west);
  }

  @Test
  void aSlowAnswerIsWaitedFor() {
    // given
    twin.badDay("slow", "/act_" + west + "$");

    // when
    var answer = client.graph(connection, "/v25.0/act_" + west);

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aCallerIsToldInTimeThatMetaIsSilent() {
    // given
    twin.badDay("silent", "/act_" + west + "$");

    // when
    var begun = System.nanoTime();
    var answer =
        client.send(
            HttpRequest.newBuilder(stack.service("graph-gateway").resolve("/v25.0/act_" + west))
                .header("Authorization", "Bearer " + stack.bearers().ofService("sync-worker"))
                .header("X-Connection-Id", connection)
                .header("X-Tokenwarden-Deadline", "3")
                .build());

    // then
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("X-Tokenwarden-Category")).contains("TRANSIENT");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    isActive();
  }

  private void force(String adAccount) {
    client.post("sync-worker", "/sync/schedules/" + adAccount + "/force?workspace=demo", "");
  }

  private void isSynced(String adAccount) {
    var schedule = schedule(adAccount);
    assertThat(schedule.get("state").asText()).isEqualTo("RUNNING");
    assertThat(schedule.path("lastRunAt").isTextual()).as(schedule.toString()).isTrue();
    assertThat(failure(adAccount)).as(schedule.toString()).isNull();
    assertThat(Instant.parse(schedule.get("nextRunAt").asText()))
        .as("no run is due: %s", schedule)
        .isAfter(Instant.parse(schedule.get("lastRunAt").asText()));
  }

  private String failure(String adAccount) {
    return schedule(adAccount).path("lastFailure").textValue();
  }

  private JsonNode schedule(String adAccount) {
    return client.getJson("sync-worker", "/sync/schedules/" + adAccount + "?workspace=demo");
  }

  /// When the account's latest day was read, as the ledger says.
  private Instant readAt(String adAccount) {
    var coverage = client.getJson("sync-worker", "/sync/coverage/" + adAccount + "?workspace=demo");
    return texts(coverage.get("days"), "readAt")
        .map(Instant::parse)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private List<String> insightsCalls(String adAccount, long after) {
    return texts(twin.callsAfter(after), "path")
        .filter(path -> path.endsWith("/act_" + adAccount + "/insights"))
        .toList();
  }

  private JsonNode health() {
    return client.getJson("auth-service", "/auth/connections/" + connection).get("health");
  }

  private List<String> conditions() {
    return texts(health().get("conditions"), "condition").toList();
  }

  private void isActive() {
    assertThat(health().get("tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(conditions()).isEmpty();
  }

  private void nobodyWasAlarmed() {
    assertThat(stack.topics().all("token.expired", connection)).isEmpty();
    assertThat(stack.topics().all("token.inactive", connection)).isEmpty();
  }

  private List<String> notifications(String state) {
    var all =
        client.getJson("notifier", "/notify/notifications?workspace=demo&limit=200&state=" + state);
    return StreamSupport.stream(all.get("items").spliterator(), false)
        .filter(item -> connection.equals(item.path("connectionId").asText()))
        .map(item -> item.get("kind").asText())
        .toList();
  }

  private static Stream<String> texts(JsonNode items, String member) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.path(member).textValue())
        .filter(text -> text != null);
  }
}
