package io.tokenwarden.auth.refresh;

import static io.tokenwarden.auth.Acts.lease;
import static io.tokenwarden.auth.Acts.look;
import static io.tokenwarden.auth.Acts.order;
import static io.tokenwarden.auth.Acts.orderInternally;
import static io.tokenwarden.auth.Acts.paste;
import static io.tokenwarden.auth.Acts.reaches;
import static io.tokenwarden.auth.Traces.audit;
import static io.tokenwarden.auth.Traces.events;
import static io.tokenwarden.auth.Traces.eventsNow;
import static io.tokenwarden.auth.Traces.generationsKept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.OpenCall;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Token;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A token before its end, on a real database and broker, with the twin for Meta.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class RefreshIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Connections connections;
  @Inject Renewals renewals;
  @Inject Vault vault;

  private final MetaTwin twin = TwinParts.twin();

  @AfterEach
  void metaIsWellAgain() {
    twin.clearFaults();
    twin.happensToTheApp("restore");
  }

  @Test
  void aTokenBeforeItsEndIsReplacedByOneThatEndsLater() {
    // given
    var person = twin.person("Refreshed", 1, 1);
    var token = ending(twin.longLivedToken(person, "ads_read"), 5);
    var connection = paste(token);
    reaches(connection, person);
    var callsBefore = twin.lastCall();

    // when
    var answer = orderInternally(connection, "refresh", 1);

    // then
    answer
        .then()
        .statusCode(200)
        .body(
            "outcome", equalTo("REFRESHED"),
            "generation", equalTo(2),
            "retryAfter", nullValue(),
            "remedy", nullValue());
    assertThat(Instant.parse(answer.path("expiresAt"))).isAfter(inDays(50));
    assertThat(Traces.pathsAskedAbout(person, callsBefore))
        .containsExactly(
            "/v25.0/oauth/access_token",
            "/v25.0/debug_token",
            "/v25.0/act_" + person.adAccounts().getFirst() + "/insights");
    var told = events("token.refreshed", connection, 1).getFirst();
    assertThat(Instant.parse(told.get("previousExpiresAt").asText())).isBefore(inDays(6));
    assertThat(told.at("/health/conditions")).isEmpty();
    assertThat(generationsKept(connection)).containsExactly(2L);
    lease(connection).then().statusCode(200).body("generation", equalTo(2));
    assertThat(audit(connection)).contains("token.refreshed");
  }

  @Test
  void aSystemUsersTokenGetsSixtyDaysMore() {
    // given
    var user = twin.systemUser(twin.person("Has a robot", 1, 1), "Robot");
    var connection = paste(ending(twin.expiringSystemUserToken(user, "ads_read"), 5));

    // when
    var answer = order(connection, "refresh");

    // then
    answer.then().statusCode(200).body("outcome", equalTo("REFRESHED"));
    assertThat(Instant.parse(answer.path("expiresAt"))).isAfter(inDays(59));
  }

  @Test
  void whatMetaLeavesUnsaidItsInspectionSays() {
    // given
    var person = twin.person("Without expires_in", 1, 1);
    var connection = paste(ending(twin.longLivedToken(person, "ads_read"), 5));
    twin.oddExchanges(person, false, true);

    // when
    var answer = order(connection, "refresh");

    // then
    answer.then().body("outcome", equalTo("REFRESHED"), "expiresAt", notNullValue());
  }

  @Test
  void anExchangeThatMovesNothingIsNoSuccessAndAPersonIsToldByWhenToAct() {
    // given
    var person = twin.person("Moves nothing", 1, 1);
    var connection = paste(ending(twin.longLivedToken(person, "ads_read"), 5));
    twin.oddExchanges(person, true, false);

    // when
    var answer = order(connection, "refresh");

    // then
    answer
        .then()
        .statusCode(200)
        .body(
            "outcome", equalTo("NOT_EXTENDED"),
            "generation", equalTo(1),
            "remedy", equalTo("reconnect"));
    var told = events("token.refresh-failed", connection, 1).getFirst();
    assertThat(told.get("reason").asText()).isEqualTo("NOT_EXTENDED");
    assertThat(told.get("remedy").asText()).isEqualTo("reconnect");
    assertThat(told.get("attempt").asInt()).isEqualTo(1);
    assertThat(told.get("actBy")).isEqualTo(told.at("/health/expiresAt"));
    assertThat(told.at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    var expiring = events("token.expiring", connection, 1).getFirst();
    assertThat(expiring.get("clock").asText()).isEqualTo("TOKEN");
    assertThat(expiring.get("daysLeft").asInt()).isEqualTo(7);
    assertThat(eventsNow("token.refreshed", connection)).isEmpty();
    assertThat(generationsKept(connection)).containsExactly(1L);
    lease(connection).then().statusCode(200).body("generation", equalTo(1));
  }

  @Test
  void anExpiredTokenIsNeverExchanged() {
    // given
    var person = twin.person("Too late", 1, 1);
    var token = ending(twin.longLivedToken(person, "ads_read"), 5);
    var connection = paste(token);
    ending(token, -1);
    Traces.change(
        "update auth.connection set expires_at = now() - interval '1 second' where id = ?::uuid",
        connection);

    // when
    var answer = order(connection, "refresh");
    order(connection, "refresh").then().body("outcome", equalTo("ALREADY_EXPIRED"));

    // then
    answer.then().body("outcome", equalTo("ALREADY_EXPIRED"), "remedy", equalTo("reconnect"));
    assertThat(twin.exchangesOf(token.label())).isZero();
    assertThat(events("token.refresh-failed", connection, 1))
        .singleElement()
        .satisfies(told -> assertThat(told.get("reason").asText()).isEqualTo("ALREADY_EXPIRED"));
  }

  @Test
  void aTokenThatNeverEndsNeedsNoRefresh() {
    // given
    var user = twin.systemUser(twin.person("Has an eternal robot", 1, 1), "Robot");
    var token = twin.systemUserToken(user, "ads_read");
    var connection = paste(token);

    // when / then
    orderInternally(connection, "refresh", 1)
        .then()
        .statusCode(200)
        .body("outcome", equalTo("NOT_NEEDED"), "expiresAt", nullValue(), "generation", equalTo(1));
    assertThat(twin.exchangesOf(token.label())).isZero();
  }

  @Test
  void anOutageChangesNoStatusAndCoolsDown() {
    // given
    var connection = pasted("In an outage");
    twin.badDay("outage", ".*/oauth/access_token");

    // when
    orderInternally(connection, "refresh", 1)
        .then()
        .body("outcome", equalTo("UNAVAILABLE"), "retryAfter", equalTo(30), "remedy", nullValue());

    // then
    orderInternally(connection, "refresh", 1)
        .then()
        .body("outcome", equalTo("COOLING_DOWN"), "retryAfter", greaterThan(20));
    look(connection).then().body("health.tokenStatus", equalTo("ACTIVE"));
    assertThat(events("token.refresh-failed", connection, 1).getFirst().get("remedy").isNull())
        .isTrue();

    // and when an operator does not want to wait
    order(connection, "refresh")
        .then()
        .body("outcome", equalTo("UNAVAILABLE"), "retryAfter", equalTo(60));
    twin.clearFaults();
    order(connection, "refresh").then().body("outcome", equalTo("REFRESHED"));
  }

  @Test
  void aCutAnswerIsNoToken() {
    // given
    var connection = pasted("Cut off");
    twin.badDay("truncated", ".*/oauth/access_token");

    // when / then
    order(connection, "refresh").then().body("outcome", equalTo("UNAVAILABLE"));
    assertThat(generationsKept(connection)).containsExactly(1L);
  }

  @Test
  void aSlowAnswerIsWaitedFor() {
    // given
    var connection = pasted("Slow");
    twin.badDay("slow", ".*/oauth/access_token");

    // when / then
    order(connection, "refresh").then().body("outcome", equalTo("REFRESHED"));
  }

  /// A caller that is killed, or has no more patience, takes nothing with it: the token that Meta
  /// has given by then would be lost, and another one asked for.
  @Test
  void aRefreshGoesOnWhenWhoAskedForItHasHungUp() {
    // given
    var token = ending(twin.longLivedToken(twin.person("Hung up", 1, 1), "ads_read"), 5);
    var connection = paste(token);
    twin.badDay("slow", ".*/oauth/access_token");

    // when
    try (var _ = OpenCall.asOperator("POST", "/auth/connections/" + connection + "/refresh")) {
      await().atMost(PATIENCE).until(() -> isUnderWay(connection));
    }

    // then
    await().atMost(PATIENCE).until(() -> generationsKept(connection).equals(List.of(2L)));
    assertThat(events("token.refreshed", connection, 1)).hasSize(1);
    assertThat(twin.exchangesOf(token.label())).isEqualTo(1);
  }

  private static boolean isUnderWay(String connection) {
    return Traces.count(
            """
            select count(*) from auth.renewal
            where connection_id = cast(? as uuid) and leased_by is not null and not staged
            """,
            connection)
        == 1;
  }

  @Test
  void aBlockedAppIsNoFaultOfTheToken() {
    // given
    var connection = pasted("Under a blocked app");
    twin.happensToTheApp("block");

    // when
    order(connection, "refresh").then().body("outcome", equalTo("APP"), "remedy", nullValue());

    // then
    look(connection).then().body("health.tokenStatus", equalTo("ACTIVE"));
    twin.happensToTheApp("restore");
    order(connection, "refresh").then().body("outcome", equalTo("REFRESHED"));
  }

  @Test
  void aTokenThatDiedUnnoticedIsRefusedAndThenFoundDead() {
    // given
    var person = twin.person("Died unnoticed", 1, 1);
    var connection = paste(ending(twin.longLivedToken(person, "ads_read"), 5));
    twin.changePassword(person);

    // when
    order(connection, "refresh").then().body("outcome", equalTo("REFUSED"));

    // then
    var expired = events("token.expired", connection, 1).getFirst();
    assertThat(expired.get("reason").asText()).isEqualTo("PASSWORD_CHANGED");
    order(connection, "refresh").then().body("outcome", equalTo("ALREADY_EXPIRED"));
  }

  @Test
  void aTokenOfAnotherPersonIsNeverTakenIntoUse() {
    // given
    var connection = pasted("Substituted");
    var other = twin.longLivedToken(twin.person("Another", 1, 1), "ads_read");
    twin.fault(
        ".*/oauth/access_token",
        200,
        "{\"access_token\": \"" + other.value() + "\", \"token_type\": \"bearer\"}",
        "application/json");

    // when
    order(connection, "refresh").then().body("outcome", equalTo("REJECTED"));

    // then
    assertThat(generationsKept(connection)).containsExactly(1L);
    assertThat(events("token.refresh-failed", connection, 1).getFirst().get("reason").asText())
        .isEqualTo("REJECTED");
    lease(connection).then().statusCode(200).body("generation", equalTo(1));
  }

  @Test
  void aThrottledFirstCallIsRecordedAndNoMore() {
    // given
    var person = twin.person("Throttled", 1, 1);
    var connection = paste(ending(twin.longLivedToken(person, "ads_read"), 5));
    reaches(connection, person);
    twin.badDay("insights-throttle", ".*/insights");

    // when / then
    order(connection, "refresh").then().body("outcome", equalTo("REFRESHED"));
  }

  @Test
  void anUnprovedTokenStaysStagedUntilMetaAnswers() {
    // given
    var token = ending(twin.longLivedToken(twin.person("Staged", 1, 1), "ads_read"), 5);
    var connection = paste(token);
    twin.badDay("outage", ".*/debug_token");

    // when
    order(connection, "refresh").then().body("outcome", equalTo("UNAVAILABLE"));

    // then
    assertThat(generationsKept(connection)).containsExactly(1L, 2L);
    lease(connection).then().statusCode(200).body("generation", equalTo(1));

    // and when
    twin.clearFaults();
    Traces.change(
        "update auth.renewal set due_at = now() where connection_id = ?::uuid", connection);

    // then
    events("token.refreshed", connection, 1);
    assertThat(generationsKept(connection)).containsExactly(2L);
    assertThat(twin.exchangesOf(token.label())).isEqualTo(1);
  }

  @Test
  void whatAKilledReplicaLeftIsTakenUp() {
    // given
    var token = ending(twin.longLivedToken(twin.person("Abandoned", 1, 1), "ads_read"), 5);
    var connection = paste(token);
    twin.badDay("outage", ".*/debug_token");
    order(connection, "refresh").then().body("outcome", equalTo("UNAVAILABLE"));

    // when
    twin.clearFaults();
    Traces.change(
        "update auth.renewal set due_at = now(), leased_by = -1,"
            + " leased_until = now() + interval '1 minute' where connection_id = ?::uuid",
        connection);

    // then
    events("token.refreshed", connection, 1);
    assertThat(twin.exchangesOf(token.label())).isEqualTo(1);
  }

  @Test
  void aStagedTokenThatCannotBeOpenedCoolsDownAndHoldsUpNoOther() {
    // given
    var spoilt = staged("proved-later");
    var other = staged("proved-at-once");
    Traces.spoilKey(spoilt.workspace());

    // when
    leave(spoilt);
    leave(other);

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(renewal(other)).containsEntry("staged", false));
    assertThat(renewal(spoilt))
        .containsEntry("staged", true)
        .containsEntry("failures", 1)
        .containsEntry("leased_until", null);
    assertThat(Traces.time(renewal(spoilt), "due_at"))
        .isAfter(Instant.now().plus(CoolDown.FIRST.dividedBy(2)));

    // and when
    Traces.spoilKey(spoilt.workspace());
    leave(spoilt);

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(renewal(spoilt)).containsEntry("staged", false));
  }

  /// With a staged token that Meta has never heard of: it is rejected once it is looked at.
  private Connection staged(String workspace) {
    var connection =
        Transactions.inTransaction(() ->
            connections.connect(WorkspaceId.of(workspace), "ann", TestConnections.token("32")));
    var renewal = Renewal.of(connection, Kind.REFRESH, Instant.now().plus(Duration.ofDays(1)));
    renewal.stagedNow();
    Transactions.inTransaction(() ->
        vault
            .stage(connection.tokenAddress().next(), AccessToken.of("unheard-of"))
            .chain(() -> renewals.persist(renewal)));
    return connection;
  }

  /// To whoever goes on from there.
  private static void leave(Connection connection) {
    Traces.change(
        "update auth.renewal set due_at = now() where connection_id = ?",
        connection.connectionId().value());
  }

  private static Map<String, Object> renewal(Connection connection) {
    return Traces.rows(
            "select * from auth.renewal where connection_id = ?", connection.connectionId().value())
        .getFirst();
  }

  @Test
  void aReconnectLeavesNothingStaged() {
    // given
    var person = twin.person("Impatient", 1, 1);
    var connection = paste(ending(twin.longLivedToken(person, "ads_read"), 5));
    twin.badDay("outage", ".*/debug_token");
    order(connection, "refresh").then().body("outcome", equalTo("UNAVAILABLE"));
    twin.clearFaults();

    // when
    paste(twin.longLivedToken(person, "ads_read"));
    Traces.change(
        "update auth.renewal set due_at = now() where connection_id = ?::uuid", connection);

    // then
    assertThat(generationsKept(connection)).containsExactly(2L);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    Traces.rows(
                        "select 1 from auth.renewal where connection_id = ?::uuid", connection))
                .isEmpty());
    look(connection).then().body("generation", equalTo(2));
  }

  @Test
  void ofManyAtOnceOneTakesEffect() {
    // given
    var token = ending(twin.longLivedToken(twin.person("Popular", 1, 1), "ads_read"), 5);
    var connection = paste(token);

    // when
    var answers =
        Stream.generate(() -> Meanwhile.get(() -> orderInternally(connection, "refresh", 1)))
            .limit(8)
            .toList();
    var outcomes = answers.stream().map(CompletableFuture::join).map(RefreshIT::outcome).toList();

    // then
    assertThat(outcomes).containsOnlyOnce("REFRESHED");
    assertThat(outcomes)
        .allMatch(List.of("REFRESHED", "UNDER_WAY", "GENERATION_NOT_CURRENT")::contains);
    assertThat(twin.exchangesOf(token.label())).isEqualTo(1);
    look(connection).then().body("generation", equalTo(2));
  }

  private static String outcome(Response response) {
    return response.path(response.statusCode() == 200 ? "outcome" : "code");
  }

  @Test
  void badRequestsGetAClearAnswer() {
    var connection = pasted("Asked badly");
    for (var deed : List.of("refresh", "rotate", "verify")) {
      orderInternally(connection, deed, 2)
          .then()
          .statusCode(409)
          .body("code", equalTo("GENERATION_NOT_CURRENT"));
      orderInternally(connection, deed, 0).then().statusCode(400);
      orderInternally(UUID.randomUUID().toString(), deed, 1).then().statusCode(404);
      orderInternally("rubbish", deed, 1).then().statusCode(404);
      Acts.as("operator")
          .contentType("application/json")
          .body(Map.of("generation", 1))
          .post("/auth/internal/connections/" + connection + "/" + deed)
          .then()
          .statusCode(403);
      Acts.stranger().post("/auth/connections/" + connection + "/" + deed).then().statusCode(404);
      Acts.as("viewer").post("/auth/connections/" + connection + "/" + deed).then().statusCode(403);
    }
    look(connection).then().body("generation", equalTo(1));
  }

  // ---- verify

  @Test
  void aVerificationAsksMetaNow() {
    // given
    var connection = pasted("Verified");
    var revision = look(connection).<Integer>path("revision");

    // when
    orderInternally(connection, "verify", 1)
        .then()
        .statusCode(200)
        .body("outcome", equalTo("VERIFIED"), "generation", equalTo(1));

    // then
    look(connection).then().body("revision", greaterThan(revision));
  }

  @Test
  void aVerificationFindsADeadToken() {
    // given
    var person = twin.person("Verified dead", 1, 1);
    var connection = paste(twin.longLivedToken(person, "ads_read"));
    twin.removeApp(person);

    // when / then
    order(connection, "verify")
        .then()
        .body("outcome", equalTo("EXPIRED"), "remedy", equalTo("reconnect"));
    order(connection, "verify").then().body("outcome", equalTo("EXPIRED"));
  }

  @Test
  void aVerificationAsksAgainWhetherACheckpointIsPassed() {
    // given
    var person = twin.person("At a checkpoint", 1, 1);
    var connection = paste(twin.longLivedToken(person, "ads_read"));
    twin.happens(person, "checkpoint");
    order(connection, "verify")
        .then()
        .body("outcome", equalTo("CHECKPOINT"), "remedy", equalTo("resolve_checkpoint"));

    // when
    twin.happens(person, "pass-checkpoint");

    // then
    order(connection, "verify").then().body("outcome", equalTo("VERIFIED"), "remedy", nullValue());
  }

  @Test
  void aVerificationDuringAnOutageProvesNothing() {
    // given
    var connection = pasted("Verified in an outage");
    twin.badDay("outage", ".*/me");

    // when / then
    order(connection, "verify")
        .then()
        .body("outcome", equalTo("UNAVAILABLE"), "retryAfter", notNullValue());
    look(connection).then().body("health.tokenStatus", equalTo("ACTIVE"));
  }

  // ---- rotate

  @Test
  void aTokenThatNeverEndsIsReplacedAndThenRevoked() {
    // given
    var user = twin.systemUser(twin.person("Rotates", 1, 1), "Robot");
    var token = twin.systemUserToken(user, "ads_read", "business_management");
    var connection = paste(token);

    // when
    orderInternally(connection, "rotate", 1)
        .then()
        .statusCode(200)
        .body("outcome", equalTo("ROTATED"), "generation", equalTo(2), "expiresAt", nullValue());

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(isAlive(token)).isFalse());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(generationsKept(connection)).containsExactly(2L));
    events("token.refreshed", connection, 1);
    order(connection, "verify").then().body("outcome", equalTo("VERIFIED"));
  }

  @Test
  void theOldTokenIsNotRevokedBeforeTheNewOneHasWorked() {
    // given
    var user = twin.systemUser(twin.person("Rotates in vain", 1, 1), "Robot");
    var token = twin.systemUserToken(user, "ads_read", "business_management");
    var connection = paste(token);
    twin.fault(
        ".*/me",
        400,
        "{\"error\": {\"message\": \"Error validating access token\", \"code\": 190,"
            + " \"error_subcode\": 466}}",
        "application/json");

    // when
    order(connection, "rotate").then().body("outcome", equalTo("REJECTED"));

    // then
    twin.clearFaults();
    assertThat(isAlive(token)).isTrue();
    assertThat(generationsKept(connection)).containsExactly(1L);
    lease(connection).then().statusCode(200).body("generation", equalTo(1));
  }

  @Test
  void whereMetaWantsAPersonThePersonIsWanted() {
    // given
    var user = twin.systemUser(twin.person("Has no rights", 1, 1), "Robot");
    var token = twin.systemUserToken(user, "ads_read");
    var connection = paste(token);

    // when
    order(connection, "rotate")
        .then()
        .body("outcome", equalTo("NEEDS_PERSON"), "remedy", equalTo("reconnect"));

    // then
    assertThat(isAlive(token)).isTrue();
    look(connection).then().body("generation", equalTo(1));
  }

  @Test
  void whatEndsByItselfIsNotRotated() {
    var connection = pasted("Ends anyway");
    order(connection, "rotate").then().body("outcome", equalTo("NOT_NEEDED"));
  }

  private String pasted(String name) {
    return paste(ending(twin.longLivedToken(twin.person(name, 1, 1), "ads_read"), 5));
  }

  private Token ending(Token token, int days) {
    twin.endToken(token.label(), inDays(days));
    return token;
  }

  private static Instant inDays(int days) {
    return Clock.systemUTC().instant().plus(Duration.ofDays(days));
  }

  private boolean isAlive(Token token) {
    return StreamSupport.stream(twin.tokens().spliterator(), false)
        .filter(each -> each.get("label").asText().equals(token.label()))
        .allMatch(each -> each.get("alive").asBoolean());
  }
}
