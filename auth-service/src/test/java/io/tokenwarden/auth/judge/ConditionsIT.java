package io.tokenwarden.auth.judge;

import static io.restassured.RestAssured.given;
import static io.tokenwarden.auth.Acts.as;
import static io.tokenwarden.auth.Acts.connect;
import static io.tokenwarden.auth.Acts.connectSharing;
import static io.tokenwarden.auth.Acts.connection;
import static io.tokenwarden.auth.Acts.explanation;
import static io.tokenwarden.auth.Acts.lease;
import static io.tokenwarden.auth.Acts.listAccess;
import static io.tokenwarden.auth.Acts.permissions;
import static io.tokenwarden.auth.Acts.reconnect;
import static io.tokenwarden.auth.Acts.suspect;
import static io.tokenwarden.auth.Traces.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TwinParts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every condition is reached by what happens at Meta, and left again.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class ConditionsIT {
  private final MetaTwin twin = TwinParts.twin();
  private final TopicReader topics = TopicReader.shared();

  @AfterEach
  void metaIsWellAgain() {
    twin.clearFaults();
    twin.happensToTheApp("restore");
  }

  // ---- the token

  @ParameterizedTest
  @CsvSource({
    "expire-tokens, EXPIRED",
    "change-password, PASSWORD_CHANGED",
    "remove-app, APP_REMOVED",
    "log-out, LOGGED_OUT",
    "revoke-tokens, REVOKED",
    "go-unused, UNUSED_90_DAYS",
    "leave-business, SYSTEM_USER_LOST"
  })
  void aDeadTokenIsExpiredUntilThePersonReconnects(String deed, String reason) {
    // given
    var person = twin.person(reason, 1, 1);
    var id = connect(person);

    // when
    twin.happens(person, deed);
    suspect(id, 1, 1);

    // then
    var condition = awaitCondition(id, "AUTH_EXPIRED");
    assertThat(condition.get("reason").asText()).isEqualTo(reason);
    assertThat(condition.get("remedy").asText()).isEqualTo("reconnect");
    assertThat(connection(id).at("/health/tokenStatus").asText()).isEqualTo("EXPIRED");
    assertThat(capabilities(id)).containsOnly(false);

    // and when
    reconnect(person, id);

    // then
    assertWell(id);
  }

  @Test
  void aTokenMetaContradictsItselfAboutIsDisabledUntilThePersonReconnects() {
    // given
    var person = twin.person("Disputed", 1, 1);
    var id = connect(person);

    // when
    twin.happens(person, "dispute");
    suspect(id, 1, 1);

    // then
    var condition = awaitCondition(id, "RECONNECT_REQUIRED");
    assertThat(condition.get("reason").asText()).isEqualTo("UNVERIFIABLE");
    assertThat(connection(id).at("/health/tokenStatus").asText()).isEqualTo("INACTIVE");
    assertThat(json(topics.await("token.inactive", id, 1).getFirst()).get("remedy").asText())
        .isEqualTo("reconnect");

    // and when
    twin.happens(person, "settle");
    reconnect(person, id);

    // then
    assertWell(id);
  }

  @Test
  void aTokenWithoutAccessToDataIsDisabledUntilThePersonReconnects() {
    // given
    var person = twin.person("Data access over", 1, 1);
    var id = connect(person);

    // when
    twin.happens(person, "end-data-access");
    suspect(id, 1, 1);

    // then
    var condition = awaitCondition(id, "RECONNECT_REQUIRED");
    assertThat(condition.get("reason").asText()).isEqualTo("DATA_ACCESS_EXPIRED");
    lease(id).then().statusCode(409);

    // and when
    reconnect(person, id);

    // then
    assertWell(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "blocking-checkpoint", "unconfirm"})
  void aCheckpointKeepsTheTokenAndEndsByItselfOncePassed(String deed) {
    // given
    var person = twin.person("Held up", 1, 1);
    var id = connect(person);

    // when
    twin.happens(person, deed);
    suspect(id, 1, 1);

    // then
    var condition = awaitCondition(id, "CHECKPOINT");
    assertThat(condition.get("remedy").asText()).isEqualTo("resolve_checkpoint");
    assertThat(connection(id).at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(capabilities(id)).containsOnly(false);

    // and when
    twin.happens(person, "pass-checkpoint");

    // then
    awaitWell(id);
    assertThat(connection(id).get("generation").asInt()).isEqualTo(1);
  }

  // ---- what it may do

  @Test
  void aWithdrawnPermissionIsMissingUntilItIsGrantedAgain() {
    // given
    var person = twin.person("Withdraws", 1, 1);
    var id = connect(person);

    // when
    twin.withdraw(person, "ads_read");
    suspect(id, 1, 1, Suspicion.PERMISSIONS, null);

    // then
    var condition = awaitCondition(id, "MISSING_SCOPE");
    assertThat(condition.get("subject").asText()).isEqualTo("ads_read");
    assertThat(condition.get("remedy").asText()).isEqualTo("grant_scopes");
    assertThat(connection(id).at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    var missing = json(topics.await("scope.missing", id, 1).getFirst());
    assertThat(texts(missing.get("scopes"))).containsExactly("ads_read");
    assertThat(texts(missing.get("blockedCapabilities")))
        .containsExactly("READ_INSIGHTS", "VERIFY_CONVERSIONS");

    // and when
    twin.grant(person, "ads_read");
    suspect(id, 1, connection(id).get("revision").asLong(), Suspicion.PERMISSIONS, null);

    // then
    awaitWell(id);
    var restored = json(topics.await("scope.restored", id, 1).getFirst());
    assertThat(texts(restored.get("scopes"))).containsExactly("ads_read");
    assertThat(restored.get("remedy").isNull()).isTrue();
  }

  @Test
  void aPermissionThatAppearsUnaskedIsAnnounced() {
    // given
    var person = twin.person("Appears", 1, 1);
    var id = connect(person);

    // when
    listAccess(
            id,
            1,
            Map.of(
                "permissions",
                permissions(
                    Map.of(
                        "ads_read", "granted",
                        "public_profile", "granted",
                        "ads_management", "granted",
                        "business_management", "declined"))))
        .then()
        .statusCode(204);

    // then
    var appeared = json(topics.await("scope.restored", id, 1).getFirst());
    assertThat(texts(appeared.get("scopes"))).containsExactly("ads_management");
  }

  @Test
  void aPolicyBlockHoldsWritesBackForAWhile() {
    // given
    var person = twin.person("Blocked", 1, 1);
    var id = connect(person);

    // when
    twin.happens(person, "block");
    suspect(id, 1, 1, Suspicion.BLOCK, null);

    // then
    var condition = awaitCondition(id, "BLOCKED_BY_META");
    assertThat(condition.get("remedy").asText()).isEqualTo("wait_or_resolve");
    assertThat(condition.get("until").isNull()).isFalse();
    assertThat(connection(id).at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(connection(id).at("/health/capabilities/READ_INSIGHTS").asBoolean()).isTrue();

    // and when its time is over
    awaitWell(id);

    // then
    assertThat(connection(id).get("generation").asInt()).isEqualTo(1);
  }

  // ---- assets

  @ParameterizedTest
  @ValueSource(strings = {"lose", "lose-grant"})
  void aLostAdAccountIsUnavailableUntilItIsBack(String deed) {
    // given
    var person = twin.person("Loses an account", 2, 1);
    var id = connect(person);
    listAccess(id, person).then().statusCode(204);
    var lost = person.adAccounts().getFirst();

    // when
    twin.happens(person, "ad-accounts/" + lost + "/" + deed);
    suspect(id, 1, connection(id).get("revision").asLong(), Suspicion.PERMISSIONS, lost);

    // then
    var condition = awaitCondition(id, "AD_ACCOUNT_UNAVAILABLE");
    assertThat(condition.get("subject").asText()).isEqualTo(lost);
    assertThat(condition.get("reason").asText()).isEqualTo("NOT_ASSIGNED");
    assertThat(condition.get("remedy").asText()).isEqualTo("assign_asset");
    var event = json(topics.await("asset.unavailable", id + "/" + lost, 1).getFirst());
    assertThat(event.get("available").asBoolean()).isFalse();
    assertThat(event.at("/cause/condition").asText()).isEqualTo("AD_ACCOUNT_UNAVAILABLE");
    assertThat(connection(id).at("/health/capabilities/READ_INSIGHTS").asBoolean()).isTrue();

    // and when
    twin.regainAdAccount(person, lost);

    // then
    awaitWell(id);
    topics.await("asset.available", id + "/" + lost, 2);
  }

  @Test
  void aDisabledAdAccountIsUnavailableUntilItIsActiveAgain() {
    // given
    var person = twin.person("Disabled account", 1, 1);
    var id = connect(person);
    listAccess(id, person).then().statusCode(204);
    var account = person.adAccounts().getFirst();

    // when
    twin.happens(person, "ad-accounts/" + account + "/disable");
    suspect(id, 1, connection(id).get("revision").asLong(), Suspicion.ASSET, account);

    // then
    assertThat(awaitCondition(id, "AD_ACCOUNT_UNAVAILABLE").get("reason").asText())
        .isEqualTo("DISABLED");

    // and when
    twin.happens(person, "ad-accounts/" + account + "/enable");

    // then
    awaitWell(id);
  }

  @Test
  void aLostPixelBlocksTheVerificationOfConversionsUntilItIsBack() {
    // given
    var person = twin.person("Loses a pixel", 1, 1);
    var id = connect(person);
    var pixel = pixelOf(person);
    listAccess(
            id,
            1,
            Map.of(
                "adAccounts",
                Acts.adAccounts(person),
                "pixels",
                List.of(Map.of("id", pixel, "name", "Pixel", "adAccounts", person.adAccounts()))))
        .then()
        .statusCode(204);

    // when
    twin.happens(person, "pixels/" + pixel + "/lose");
    suspect(id, 1, connection(id).get("revision").asLong(), Suspicion.ASSET, pixel);

    // then
    assertThat(awaitCondition(id, "PIXEL_UNAVAILABLE").get("subject").asText()).isEqualTo(pixel);
    assertThat(connection(id).at("/health/capabilities/VERIFY_CONVERSIONS").asBoolean()).isFalse();
    assertThat(connection(id).at("/health/capabilities/READ_INSIGHTS").asBoolean()).isTrue();

    // and when
    twin.happens(person, "pixels/" + pixel + "/regain");

    // then
    awaitWell(id);
  }

  @Test
  void anAbsenceFromAListingIsAskedAboutAndProvesNothing() {
    // given
    var person = twin.person("Left out", 2, 1);
    var id = connect(person);
    listAccess(id, person).then().statusCode(204);
    var callsBefore = twin.lastCall();
    var listed = Acts.adAccounts(person).subList(0, 1);
    var leftOut = person.adAccounts().getLast();

    // when
    listAccess(id, 1, Map.of("adAccounts", listed)).then().statusCode(204);

    // then
    await()
        .untilAsserted(() ->
            assertThat(twin.callsAfter(callsBefore).findValuesAsText("path"))
                .contains("/v25.0/act_" + leftOut));
    awaitWell(id);
    assertThat(topics.all("asset.unavailable", id + "/" + leftOut)).isEmpty();
  }

  @Test
  void anAssetBeyondWhatWasSharedSaysSo() {
    // given
    var person = twin.person("Beyond", 2, 1);
    var shared = person.adAccounts().getFirst();
    var beyond = person.adAccounts().getLast();
    var id = connectSharing(person, shared);

    // when
    listAccess(id, person).then().statusCode(204);

    // then
    assertThat(lastToldOf(id, beyond, 1).get("beyondGrant").asBoolean()).isTrue();
    assertThat(lastToldOf(id, shared, 1).get("beyondGrant").asBoolean()).isFalse();
    as("viewer")
        .get("/auth/connections/" + id + "/assets")
        .then()
        .statusCode(200)
        .body("items.findAll { it.beyondGrant }.assetId", equalTo(List.of(beyond)));

    // and when
    reconnect(person, id);
    listAccess(id, 2, Map.of("adAccounts", Acts.adAccounts(person))).then().statusCode(204);

    // then
    assertThat(lastToldOf(id, beyond, 2).get("beyondGrant").asBoolean()).isFalse();
  }

  private JsonNode lastToldOf(String id, String asset, int events) {
    return json(topics.await("asset.health", id + "/" + asset, events).getLast());
  }

  // ---- clocks

  @Test
  void aTokenThatCanStillBeRefreshedExpiresSoonWithoutAnybodyBeingAsked() {
    // given
    var person = twin.person("Soon", 1, 1);
    var id = connect(person);
    var end = Instant.now().plus(Duration.ofDays(6));

    // when
    twin.endToken(twin.livingTokens(person).getLast(), end);
    suspect(id, 1, 1);

    // then
    var condition = awaitCondition(id, "EXPIRING");
    assertThat(condition.get("subject").asText()).isEqualTo("TOKEN");
    assertThat(condition.get("remedy").isNull()).isTrue();
    assertThat(Instant.parse(condition.get("until").asText())).isCloseTo(end, aSecond());
    assertThat(topics.all("token.expiring", id)).isEmpty();

    // and when
    reconnect(person, id);

    // then
    awaitWell(id);
  }

  @Test
  void accessToDataThatEndsSoonIsAMatterForThePerson() {
    // given
    var person = twin.person("Data soon", 1, 1);
    var id = connect(person);

    // when
    twin.endDataAccess(twin.livingTokens(person).getLast(), Instant.now().plus(Duration.ofDays(2)));
    suspect(id, 1, 1);

    // then
    var condition = awaitCondition(id, "EXPIRING");
    assertThat(condition.get("subject").asText()).isEqualTo("DATA_ACCESS");
    assertThat(condition.get("remedy").asText()).isEqualTo("reconnect");
    var event = json(topics.await("token.expiring", id, 1).getFirst());
    assertThat(event.get("clock").asText()).isEqualTo("DATA_ACCESS");
    assertThat(event.get("daysLeft").asInt()).isEqualTo(3);

    // and when
    reconnect(person, id);

    // then
    awaitWell(id);
  }

  @Test
  void aTokenThatShouldHaveEndedIsAskedAboutWithoutAnyEvidence() {
    // given
    var person = twin.person("Over", 1, 1);
    var id = connect(person);
    twin.happens(person, "expire-tokens");

    // when
    sqlFor(
        id,
        "update auth.connection set expires_at = now() - interval '1 second', next_clock_at ="
            + " now()");

    // then
    assertThat(awaitCondition(id, "AUTH_EXPIRED").get("reason").asText()).isEqualTo("EXPIRED");
    assertThat(explanation(id).at("/conditions/0/question/grounds/what").asText())
        .isEqualTo("a clock that ran out");
  }

  // ---- the app

  @Test
  void aBlockedAppIsOneIncidentAndNoConnectionChanges() {
    // given
    var persons = List.of(twin.person("One of two", 1, 1), twin.person("Other", 1, 1));
    var ids = persons.stream().map(Acts::connect).toList();
    var before = topics.all("app.blocked", MetaTwin.APP_ID).size();
    var restoredBefore = topics.all("app.restored", MetaTwin.APP_ID).size();

    // when
    twin.happensToTheApp("block");
    ids.forEach(id -> suspect(id, 1, 1, Suspicion.APP, null));
    ids.forEach(id -> suspect(id, 1, 1));

    // then
    var blocked = json(topics.await("app.blocked", MetaTwin.APP_ID, before + 1).getLast());
    assertThat(blocked.at("/graphError/code").asInt()).isEqualTo(200);
    assertThat(blocked.get("workspaceId").asText()).isEqualTo("*");

    // and when
    twin.happensToTheApp("restore");

    // then
    var restored =
        json(topics.await("app.restored", MetaTwin.APP_ID, restoredBefore + 1).getLast());
    assertThat(restored.get("revision").asLong()).isGreaterThan(blocked.get("revision").asLong());
    assertThat(topics.all("app.blocked", MetaTwin.APP_ID)).hasSize(before + 1);
    for (var id : ids) {
      awaitWell(id);
      assertThat(connection(id).get("generation").asInt()).isEqualTo(1);
      assertThat(topics.all("token.expired", id)).isEmpty();
    }
  }

  // ---- why

  @Test
  void theChainFromTheFailedCallToTheConditionIsTold() {
    // given
    var person = twin.person("Explained", 1, 1);
    var id = connect(person);
    var before = Instant.now();
    twin.changePassword(person);

    // when
    suspect(id, 1, 1);
    awaitCondition(id, "AUTH_EXPIRED");

    // then
    var cause = explanation(id).at("/conditions/0");
    assertThat(cause.at("/step/revision").asInt()).isEqualTo(2);
    assertThat(cause.at("/question/grounds/error/fbtraceId").asText())
        .isEqualTo("trace-of-the-call");
    assertThat(cause.at("/question/answer").asText()).isEqualTo("DEAD PASSWORD_CHANGED");
    assertThat(cause.at("/question/findings/0/error/subcode").asInt()).isEqualTo(460);
    assertThat(cause.at("/question/findings/0/error/fbtraceId").asText()).startsWith("A");

    // and when
    var then = as("viewer").get("/auth/connections/" + id + "/explain?at=" + before);

    // then
    assertThat(json(then.asString()).get("conditions")).isEmpty();
    assertThat(json(then.asString()).get("revision").asInt()).isEqualTo(1);
  }

  @Test
  void whatCannotBeExplainedGetsAClearAnswer() {
    // given
    var id = connect(twin.person("Unexplained", 1, 1));

    // then
    as("viewer").get("/auth/connections/" + id + "/explain?at=yesterday").then().statusCode(400);
    as("viewer")
        .get("/auth/connections/" + id + "/explain?at=2020-01-01T00:00:00Z")
        .then()
        .statusCode(404);
    as("viewer").get("/auth/connections/" + id + "/assets?after=rubbish").then().statusCode(400);
    given().get("/auth/connections/" + id + "/explain").then().statusCode(401);
  }

  // ---- what is asserted

  private static JsonNode awaitCondition(String id, String kind) {
    await(kind + " of " + id).untilAsserted(() -> assertThat(kinds(id)).contains(kind));
    return conditions(id).stream()
        .filter(condition -> condition.get("condition").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitWell(String id) {
    await("all well with " + id).untilAsserted(() -> assertWell(id));
  }

  private static void assertWell(String id) {
    assertThat(kinds(id)).isEmpty();
    assertThat(connection(id).at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(connection(id).at("/health/capabilities/READ_INSIGHTS").asBoolean()).isTrue();
  }

  private static List<String> kinds(String id) {
    return conditions(id).stream().map(each -> each.get("condition").asText()).toList();
  }

  private static List<JsonNode> conditions(String id) {
    return list(connection(id).at("/health/conditions"));
  }

  private static List<Boolean> capabilities(String id) {
    return list(connection(id).at("/health/capabilities")).stream()
        .map(JsonNode::asBoolean)
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return list(array).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static TemporalUnitOffset aSecond() {
    return within(1, ChronoUnit.SECONDS);
  }

  private static void sqlFor(String id, String update) {
    Traces.change(update + " where id = ?::uuid", id);
  }

  private String pixelOf(Person person) {
    var people = json(given().get(twin.url().resolve("/twin/people")).asString());
    return list(people).stream()
        .filter(each -> each.get("id").asText().equals(person.id()))
        .map(each -> each.at("/adAccounts/0/pixel/id").asText())
        .findFirst()
        .orElseThrow();
  }
}
