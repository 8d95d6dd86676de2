package io.tokenwarden.auth;

import static io.restassured.RestAssured.given;
import static io.tokenwarden.auth.Acts.bearer;
import static io.tokenwarden.auth.Acts.callback;
import static io.tokenwarden.auth.Acts.connect;
import static io.tokenwarden.auth.Acts.handoff;
import static io.tokenwarden.auth.Acts.lease;
import static io.tokenwarden.auth.Acts.listAccess;
import static io.tokenwarden.auth.Acts.local;
import static io.tokenwarden.auth.Acts.reconnect;
import static io.tokenwarden.auth.Acts.start;
import static io.tokenwarden.auth.Acts.suspect;
import static io.tokenwarden.auth.Traces.isAtRest;
import static io.tokenwarden.auth.Traces.json;
import static io.tokenwarden.auth.Traces.pathsAskedAbout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tokenwarden.auth.Acts.Browser;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TwinParts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The life of a connection on a real database and broker, with the twin for Meta.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class ConnectionLifeIT {
  private static final Map<String, String> ANEW = Map.of("workspaceId", "demo");
  private static final String HANDOFFS_USED =
      "select count(*) from auth.handoff where used_at is not null";

  private final MetaTwin twin = TwinParts.twin();
  private final TopicReader topics = TopicReader.shared();

  @AfterEach
  void noFaultsAreLeft() {
    twin.clearFaults();
  }

  @Test
  void aPersonConnectsAndTheWorldIsTold() {
    // given
    var person = twin.person("Connects", 1, 1);

    // when
    var connection = connect(person);

    // then
    var connected = topics.await("token.connected", connection, 1).getFirst();
    assertThat(connected.header("ce_generation")).contains("1");
    assertThat(json(connected).get("reconnected").asBoolean()).isFalse();
    var complete = json(topics.await("token.health", connection, 1).getFirst());
    assertThat(complete.get("occurredAt")).isEqualTo(json(connected).get("occurredAt"));
    var health = complete.get("health");
    assertThat(health.get("tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(health.get("capabilities").get("READ_INSIGHTS").asBoolean()).isTrue();
    assertThat(health.get("conditions")).isEmpty();
    given()
        .auth()
        .oauth2(bearer("viewer"))
        .get("/auth/connections/" + connection)
        .then()
        .statusCode(200)
        .body("generation", equalTo(1), "health.scopes", contains("ads_read", "public_profile"));
  }

  @Test
  void aDeadTokenIsAskedAboutOnceAndExpiresOnce() {
    // given
    var person = twin.person("Changes password", 2, 1);
    var connection = connect(person);
    var callsBefore = twin.lastCall();
    listAccess(connection, person).then().statusCode(204);
    twin.changePassword(person);

    // when
    var suspicions =
        Stream.generate(() -> suspect(connection, 1, 1)).limit(20).toArray(UUID[]::new);

    // then
    var expired = json(topics.await("token.expired", connection, 1).getFirst());
    assertThat(expired.get("reason").asText()).isEqualTo("PASSWORD_CHANGED");
    assertThat(expired.get("generation").asInt()).isEqualTo(1);
    assertThat(expired.get("affectedAdAccounts")).hasSize(2);
    assertThat(expired.get("graphError").get("subcode").asInt()).isEqualTo(460);
    assertThat(expired.get("health").get("tokenStatus").asText()).isEqualTo("EXPIRED");
    isAtRest(connection, suspicions);
    assertThat(topics.all("token.expired", connection)).hasSize(1);
    assertThat(pathsAskedAbout(person, callsBefore))
        .containsExactlyInAnyOrder("/v25.0/me", "/v25.0/debug_token");
    given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("graph-gateway"))
        .get("/auth/internal/credentials/" + connection)
        .then()
        .statusCode(409)
        .body("code", equalTo("CONNECTION_BLOCKED"), "remedy", equalTo("reconnect"));
  }

  @Test
  void aReconnectKeepsTheConnectionAndTakesTheNextGeneration() {
    // given
    var person = twin.person("Reconnects", 1, 1);
    var connection = connect(person);
    twin.removeApp(person);
    suspect(connection, 1, 1);
    topics.await("token.expired", connection, 1);

    // when
    var reconnected = reconnect(person, connection);

    // then
    assertThat(reconnected).isEqualTo(connection);
    var event = json(topics.await("token.connected", connection, 2).getLast());
    assertThat(event.get("generation").asInt()).isEqualTo(2);
    assertThat(event.get("reconnected").asBoolean()).isTrue();
    assertThat(event.get("health").get("conditions")).isEmpty();
    lease(connection).then().statusCode(200).body("generation", equalTo(2));
  }

  @Test
  void twoFirstConsentsAtOnceMakeOneConnection() {
    // given
    var person = twin.person("Impatient", 1, 1);
    var consents =
        Stream.generate(() -> start(handoff(ANEW)))
            .limit(4)
            .map(
                browser -> new Consent(browser, twin.consent(browser.dialog(), person, "continue")))
            .toList();

    // when
    var pages =
        consents.stream()
            .map(consent -> Meanwhile.get(() -> callback(consent.browser(), consent.redirect())))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    // then
    assertThat(pages).extracting(Response::statusCode).containsOnly(200);
    var connected = pages.stream().map(Acts::connectionOn).distinct().toList();
    assertThat(connected).hasSize(1);
    assertThat(topics.await("token.connected", connected.getFirst(), 4))
        .extracting(event -> json(event).get("generation").asInt())
        .containsExactly(1, 2, 3, 4);
  }

  private record Consent(Browser browser, URI redirect) {}

  @Test
  void evidenceOfAnEarlierGenerationChangesNothing() {
    // given
    var person = twin.person("Late evidence", 1, 1);
    var connection = connect(person);
    reconnect(person, connection);
    var callsBefore = twin.lastCall();

    // when
    var suspicion = suspect(connection, 1, 1);

    // then
    isAtRest(connection, suspicion);
    assertThat(pathsAskedAbout(person, callsBefore)).isEmpty();
    assertThat(topics.all("token.expired", connection)).isEmpty();
  }

  @Test
  void aFalseAlarmOnlyConfirmsTheToken() {
    // given
    var person = twin.person("False alarm", 1, 1);
    var connection = connect(person);
    topics.await("token.health", connection, 1);

    // when
    suspect(connection, 1, 1);

    // then
    var confirmed = json(topics.await("token.health", connection, 2).getLast());
    assertThat(confirmed.get("revision").asInt()).isEqualTo(2);
    assertThat(confirmed.get("health").get("tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(topics.all("token.expired", connection)).isEmpty();
  }

  @Test
  void anOutageAtMetaProvesNothingAndTheQuestionIsAskedAgain() {
    // given
    var person = twin.person("Outage", 1, 1);
    var connection = connect(person);
    twin.changePassword(person);
    twin.fault("/me$", 500, "<html>Sorry, something went wrong.</html>", "text/html");

    // when
    suspect(connection, 1, 1);

    // then
    await().untilAsserted(() -> assertThat(statusesOf("/v25.0/me")).contains(500));
    assertThat(topics.all("token.expired", connection)).isEmpty();
    lease(connection).then().statusCode(200);

    // and when
    twin.clearFaults();

    // then
    topics.await("token.expired", connection, 1);
  }

  /// The code is of no more use by then, and the person is done with it.
  @Test
  void whoClosesTheWindowWhileMetaIsAskedIsConnected() {
    // given
    var person = twin.person("Closes the window", 1, 1);
    var browser = start(handoff(ANEW));
    var redirect = local(twin.consent(browser.dialog(), person, "continue"));
    var usedBefore = Traces.count(HANDOFFS_USED);
    twin.badDay("slow", ".*/oauth/access_token");

    // when
    try (var _ = OpenCall.made("GET", redirect, "Cookie: tw_handoff=" + browser.cookie())) {
      await().until(() -> Traces.count(HANDOFFS_USED) > usedBefore);
    }

    // then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            Traces.count("select count(*) from auth.connection where meta_user_id = ?", person.id())
                == 1);
  }

  @Test
  void whoDeclinesAtMetaIsNotConnected() {
    // given
    var person = twin.person("Declines", 1, 1);
    var browser = start(handoff(ANEW));

    // when
    var page = callback(browser, twin.consent(browser.dialog(), person, "cancel"));

    // then
    page.then().statusCode(200);
    assertThat(page.asString()).contains("data-status=\"denied\"");
  }

  @Test
  void anotherPersonCannotTakeOverAConnection() {
    // given
    var owner = twin.person("Owner", 1, 1);
    var other = twin.person("Other", 1, 1);
    var connection = connect(owner);
    var browser = start(handoff(Map.of("workspaceId", "demo", "connectionId", connection)));

    // when
    var page = callback(browser, twin.consent(browser.dialog(), other, "continue"));

    // then
    page.then().statusCode(409);
    lease(connection).then().statusCode(200).body("generation", equalTo(1));
  }

  @Test
  void aStateIsGoodOnceAndInItsOwnBrowserOnly() {
    // given
    var person = twin.person("State", 1, 1);
    var browser = start(handoff(ANEW));
    var redirect = twin.consent(browser.dialog(), person, "continue");

    // when
    var stranger = callback(new Browser(browser.dialog(), "another-browser"), redirect);
    var first = callback(browser, redirect);
    var again = callback(browser, redirect);

    // then
    stranger.then().statusCode(400);
    first.then().statusCode(200);
    again.then().statusCode(400);
  }

  @Test
  void aTicketIsGoodOnce() {
    // given
    var url = handoff(ANEW);
    start(url);

    // when
    var again = given().redirects().follow(false).get(local(url));

    // then
    again.then().statusCode(400);
  }

  @Test
  void accessOfAnEarlierGenerationIsRefused() {
    // given
    var person = twin.person("Old access", 1, 1);
    var connection = connect(person);
    reconnect(person, connection);

    // when
    var answer = listAccess(connection, person);

    // then
    answer.then().statusCode(409).body("code", equalTo("GENERATION_NOT_CURRENT"));
  }

  @Test
  void assetsAreAnnouncedWhenTheyAreNewAndNotAgain() {
    // given
    var person = twin.person("Assets", 1, 1);
    var connection = connect(person);
    var key = connection + "/" + person.adAccounts().getFirst();

    // when
    listAccess(connection, person).then().statusCode(204);
    listAccess(connection, person).then().statusCode(204);

    // then
    var asset = json(topics.await("asset.health", key, 1).getFirst());
    assertThat(asset.get("timezone").asText()).isEqualTo("Europe/Rome");
    assertThat(asset.get("available").asBoolean()).isTrue();
    isAtRest(connection);
    assertThat(topics.all("asset.health", key)).hasSize(1);
  }

  @Test
  void noLeaseIsGivenThatIsNotInTheAuditLog() {
    // given
    var connection = connect(twin.person("Audited", 1, 1));

    // when
    lease(connection).then().statusCode(200);
    lease(connection).then().statusCode(200);

    // then
    assertThat(leasesInAuditLog(connection)).isEqualTo(2);

    // and when
    Traces.change("alter table auth.audit_log rename to audit_log_away");
    var refused = lease(connection);
    Traces.change("alter table auth.audit_log_away rename to audit_log");

    // then
    refused.then().statusCode(500);
    assertThat(refused.asString()).doesNotContain("accessToken");
  }

  @Test
  void strangersLearnNothing() {
    // given
    var connection = connect(twin.person("Private", 1, 1));
    var foreign = SharedParts.bearers().of("eve", List.of("viewer", "operator"), List.of("other"));

    // when / then
    given().get("/auth/connections/" + connection).then().statusCode(401);
    given().auth().oauth2("rubbish").get("/auth/connections/" + connection).then().statusCode(401);
    given()
        .auth()
        .oauth2(foreign)
        .get("/auth/connections/" + connection)
        .then()
        .statusCode(404)
        .contentType(startsWith("application/problem+json"));
    given().auth().oauth2(foreign).get("/auth/connections?workspace=demo").then().statusCode(404);
    given()
        .auth()
        .oauth2(bearer("operator"))
        .get("/auth/internal/credentials/" + connection)
        .then()
        .statusCode(403);
    given()
        .auth()
        .oauth2(bearer("viewer"))
        .get("/auth/connections?workspace=nobody")
        .then()
        .statusCode(404);
  }

  @Test
  void badInputGetsAClearAnswer() {
    var operator = bearer("operator");
    given()
        .auth()
        .oauth2(operator)
        .contentType("application/json")
        .body("{")
        .post("/auth/handoffs")
        .then()
        .statusCode(400);
    given()
        .auth()
        .oauth2(operator)
        .contentType("application/json")
        .body("{}")
        .post("/auth/handoffs")
        .then()
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"));
    given()
        .auth()
        .oauth2(operator)
        .contentType("application/json")
        .body(Map.of("workspaceId", "demo", "returnTo", "//evil.example"))
        .post("/auth/handoffs")
        .then()
        .statusCode(400);
    given()
        .auth()
        .oauth2(operator)
        .contentType("application/json")
        .body(Map.of("workspaceId", "demo", "connectionId", UUID.randomUUID().toString()))
        .post("/auth/handoffs")
        .then()
        .statusCode(404);
    given().auth().oauth2(operator).get("/auth/connections").then().statusCode(400);
    given()
        .auth()
        .oauth2(operator)
        .get("/auth/connections?workspace=demo&x=1")
        .then()
        .statusCode(200)
        .body("items.findAll { it.workspaceId != 'demo' }", hasSize(0));
  }

  private static long leasesInAuditLog(String connection) {
    return Traces.count(
        "select count(*) from auth.audit_log"
            + " where action = 'credential.leased' and connection_id = ?::uuid",
        connection);
  }

  private List<Integer> statusesOf(String path) {
    return java.util.stream.StreamSupport.stream(twin.calls().spliterator(), false)
        .filter(call -> call.get("path").asText().equals(path))
        .map(call -> call.get("status").asInt())
        .toList();
  }
}
