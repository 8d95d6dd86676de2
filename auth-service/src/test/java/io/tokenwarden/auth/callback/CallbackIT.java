package io.tokenwarden.auth.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.connection.ConnectedToken;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.Photograph;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Meta calls us for, and what others send in Meta's name. Each attack is one change to a call
/// that is believed in the same test.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class CallbackIT {
  private static final WorkspaceId ONE = WorkspaceId.of("callbacks-one");
  private static final WorkspaceId OTHER = WorkspaceId.of("callbacks-other");
  private static final Map<String, String> BEARERS = new ConcurrentHashMap<>();

  @Inject Connections connections;

  @ConfigProperty(name = "meta.app-secret")
  String secret;

  private MetaSays meta;
  private String person;

  @BeforeEach
  void somebody() {
    meta = new MetaSays(MetaTwin.APP_ID, secret);
    person = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
  }

  // ---- deauthorize

  @Test
  void whoRemovesTheAppIsDisconnectedInAllWorkspacesAndNobodyElseIs() throws SQLException {
    // given
    var mine = consent(ONE, person);
    var elsewhere = consent(OTHER, person);
    var neighbour = consent(ONE, person + "1");
    var handle = handle(mine);

    // when
    meta.deauthorize(meta.signedRequest(person, now())).then().statusCode(200);

    // then
    for (var ended : List.of(mine, elsewhere)) {
      await().until(() -> now(ended).lifecycle() == Lifecycle.DISCONNECTED);
      assertThat(now(ended).generation()).isEqualTo(ended.generation() + 1);
      assertThat(count("auth.access_token", "connection_id = '%s'", ended.connectionId())).isZero();
      assertThat(auditOf(ended)).contains("connection.disconnected by meta");
      var event = fact("token.disconnected", ended);
      assertThat(event.getBoolean("revokedAtMeta")).isTrue();
      assertThat(event.getString("health.lifecycle")).isEqualTo("DISCONNECTED");
    }
    assertThat(opens(handle)).isFalse();
    assertThat(now(neighbour).lifecycle()).isEqualTo(Lifecycle.CONNECTED);
    assertThat(count("auth.access_token", "connection_id = '%s'", neighbour.connectionId()))
        .isEqualTo(1);
    assertThat(operatorsAudit()).contains("meta.callback.received");
  }

  @Test
  void theSameMessageDeliveredAgainCountsOnce() throws SQLException {
    // given
    var connection = consent(ONE, person);
    var said = meta.signedRequest(person, now());
    meta.deauthorize(said).then().statusCode(200);
    await().until(() -> now(connection).lifecycle() == Lifecycle.DISCONNECTED);
    var back = consent(ONE, person);
    var before = messages();

    // when
    meta.deauthorize(said).then().statusCode(200);

    // then
    assertThat(messages()).isEqualTo(before);
    awaitNothingDue();
    assertThat(now(connection).generation()).isEqualTo(back.generation());
    assertThat(now(connection).lifecycle()).isEqualTo(Lifecycle.CONNECTED);
  }

  @Test
  void aMessageThatWasOvertakenByAConsentOnlyAsksAQuestion() throws SQLException {
    // given
    var connection = consent(ONE, person);

    // when
    meta.deauthorize(meta.signedRequest(person, now().minusSeconds(60))).then().statusCode(200);

    // then
    await().until(() -> questions(connection, "TOKEN") == 1);
    awaitNothingDue();
    assertThat(now(connection).lifecycle()).isEqualTo(Lifecycle.CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signed by another app",
        "one byte of the signature",
        "one byte of the message",
        "no signature",
        "another algorithm",
        "issued an hour ago",
        "issued in the future",
        "not signed at all",
        "missing"
      })
  void aRequestThatMetaDidNotMakeIsRefusedOnRecordAndChangesNothing(String change)
      throws SQLException {
    // given
    var connection = consent(ONE, person);
    var good = meta.signedRequest(person, now());
    var refusedBefore = refusals();
    var statesBefore = states();
    var before = messages();

    // when
    var deauthorized = meta.deauthorize(attack(change, good));
    var deleted = meta.deleteData(attack(change, good));

    // then
    for (var answer : List.of(deauthorized, deleted)) {
      answer
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("code", equalTo("SIGNATURE_INVALID"));
    }
    assertThat(refusals()).isEqualTo(refusedBefore + 2);
    assertThat(states()).isEqualTo(statesBefore);
    assertThat(messages()).isEqualTo(before);

    // and when
    meta.deauthorize(good).then().statusCode(200);

    // then
    await().until(() -> now(connection).lifecycle() == Lifecycle.DISCONNECTED);
  }

  private String attack(String change, String good) {
    var parts = good.split("\\.");
    return switch (change) {
      case "signed by another app" ->
          new MetaSays(meta.appId(), "x" + secret).signedRequest(person, now());
      case "one byte of the signature" -> otherLetter(parts[0]) + "." + parts[1];
      case "one byte of the message" -> parts[0] + "." + otherLetter(parts[1]);
      case "no signature" -> "." + parts[1];
      case "another algorithm" ->
          meta.signed(
              "{\"user_id\":\"%s\",\"algorithm\":\"none\",\"issued_at\":%d}"
                  .formatted(person, now().getEpochSecond()));
      case "issued an hour ago" -> meta.signedRequest(person, now().minus(Duration.ofHours(1)));
      case "issued in the future" -> meta.signedRequest(person, now().plus(Duration.ofHours(1)));
      case "not signed at all" -> "rubbish";
      case "missing" -> "";
      default -> throw new IllegalArgumentException(change);
    };
  }

  private static String otherLetter(String text) {
    return (text.charAt(0) == 'A' ? 'B' : 'A') + text.substring(1);
  }

  // ---- data deletion

  @Test
  void whoWantsTheirDataDeletedIsForgottenAndCanLookHowItStands() throws SQLException {
    // given
    var name = "Ada " + person.substring(0, 9);
    var connection = consent(ONE, TestConnections.token(person, name));
    reachesWhatIsCalled(name, connection);
    reconnectLink(connection);
    var hint = permissions(person, "ads_read", "revoked", now());
    meta.webhook(hint, meta.signature(hint)).then().statusCode(200);
    meta.deauthorize(meta.signedRequest(person, now())).then().statusCode(200);
    await().until(() -> now(connection).lifecycle() == Lifecycle.DISCONNECTED);
    var said = meta.signedRequest(person, now());

    // when
    var answer = meta.deleteData(said).then().statusCode(200).extract().jsonPath();

    // then
    assertThat(answer.getString("confirmation_code")).matches("[0-9a-f]{40}");
    assertThat(answer.getString("url"))
        .isEqualTo(
            "http://localhost:8080/auth/meta/%s/data-deletion/%s"
                .formatted(meta.appId(), answer.getString("confirmation_code")));
    await().until(() -> now(connection).lifecycle() == Lifecycle.ARCHIVED);
    var page = page(answer.getString("confirmation_code"));
    page.then().statusCode(200).header("Cache-Control", "no-store");
    assertThat(page.asString()).contains("Your data was deleted");
    assertThat(page.asString()).doesNotContain(person, meta.appId(), ONE.value(), name);
    await().untilAsserted(() -> isNowhere(person, name));
    var id = connection.connectionId().toString();
    var ends = TopicReader.shared().await("token.disconnected", id, 2);
    assertThat(ends.getLast().text()).contains("\"archived\":true");
    var lastWords = TopicReader.shared().all("asset.health", id + "/77");
    assertThat(lastWords.getFirst().text()).contains(name);
    assertThat(lastWords.getLast().text()).contains("\"name\":null");
  }

  /// No table of ours says it, whatever tables there are; what is on its way to Kafka is on its
  /// way.
  private static void isNowhere(String... texts) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden")) {
      var everything = Photograph.of(superuser, "auth");
      assertThat(everything.tables()).contains("auth.connection", "auth.asset", "auth.audit_log");
      for (var text : texts) {
        assertThat(everything.tablesHolding(text)).isEmpty();
      }
    }
  }

  private static void reachesWhatIsCalled(String name, Connection connection) {
    var account = Map.of("id", "77", "name", name + "'s ad account", "timezone", "Europe/Rome");
    var business = Map.of("id", "78", "name", name + " Ltd");
    given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("token-refresher"))
        .contentType("application/json")
        .body(
            Map.of(
                "generation",
                connection.generation(),
                "complete",
                true,
                "adAccounts",
                List.of(account),
                "businesses",
                List.of(business)))
        .put("/auth/internal/connections/" + connection.connectionId() + "/access")
        .then()
        .statusCode(204);
  }

  private static void reconnectLink(Connection connection) {
    given()
        .auth()
        .oauth2(bearer("operator", ONE.value()))
        .post("/auth/connections/" + connection.connectionId() + "/reconnect-link")
        .then()
        .statusCode(200);
  }

  /// What was connected anew is not deleted, and nobody says it was.
  @Test
  void whoHasConnectedAnewSinceIsToldThatTheyAreKept() throws SQLException {
    // given
    var elsewhere = consent(OTHER, person);
    sql(
        "update auth.connection set stored_at = now() + interval '1 minute' where id = '%s'",
        consent(ONE, person).connectionId());

    // when
    var code =
        meta.deleteData(meta.signedRequest(person, now()))
            .jsonPath()
            .getString("confirmation_code");

    // then
    await().until(() -> now(elsewhere).lifecycle() == Lifecycle.ARCHIVED);
    assertThat(page(code).asString())
        .contains("You have connected again", "All else is gone")
        .doesNotContain("Your data was deleted");
  }

  @Test
  void theSameRequestGetsTheSameCode() {
    // given
    var said = meta.signedRequest(person, now());

    // when
    var first = meta.deleteData(said).jsonPath().getString("confirmation_code");
    var again = meta.deleteData(said).jsonPath().getString("confirmation_code");

    // then
    assertThat(again).isEqualTo(first).isNotEmpty();
    var another = meta.signedRequest(person, now().minusSeconds(5));
    assertThat(meta.deleteData(another).jsonPath().getString("confirmation_code"))
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000000000000000000000000000", "x", "' or 1=1", "%20"})
  void aCodeThatNobodyWasGivenShowsNothing(String code) {
    assertThat(page(code).statusCode()).isEqualTo(404);
    assertThat(page(code).asString()).contains("There is no such request");
  }

  @Test
  void aCodeIsGoodUnderItsOwnAppOnly() {
    // given
    var code =
        meta.deleteData(meta.signedRequest(person, now()))
            .jsonPath()
            .getString("confirmation_code");

    // when / then
    given().get("/auth/meta/1/data-deletion/" + code).then().statusCode(404);
    assertThat(page(code).statusCode()).isEqualTo(200);
  }

  // ---- webhooks

  @Test
  void metaIsToldThatTheAddressIsOursIfItKnowsTheToken() throws SQLException {
    // given
    var app = TwinParts.twin().app("Subscribes");
    register(app, "verify-me").then().statusCode(201);
    var owned = new MetaSays(app.id(), app.secret());

    // when / then
    owned.subscribe("verify-me", "1158201444").then().statusCode(200);
    assertThat(owned.subscribe("verify-me", "1158201444").asString()).isEqualTo("1158201444");
    assertThat(owned.subscribe("verify-me", "1158201444").contentType()).startsWith("text/plain");
    var refusedBefore = count("auth.audit_log", "action = 'meta.callback.refused'");
    var wrong = owned.subscribe("verify-mf", "1158201444");
    wrong.then().statusCode(403).body("code", equalTo("VERIFY_TOKEN_INVALID"));
    assertThat(count("auth.audit_log", "action = 'meta.callback.refused'"))
        .isEqualTo(refusedBefore + 1);
    owned.subscribe("verify-me", "<script>").then().statusCode(400);
    meta.subscribe("", "1").then().statusCode(403);
    given().get("/auth/meta/" + app.id() + "/webhooks").then().statusCode(400);
    var nobodys = new MetaSays("999", "x").subscribe("verify-me", "1158201444");
    assertThat(sameBut("instance", nobodys)).isEqualTo(sameBut("instance", wrong));
  }

  @Test
  void aWebhookAboutPermissionsOpensAQuestionAndChangesNothingByItself() {
    // given
    var connection = consent(ONE, person);
    var body = permissions(person, "ads_read", "revoked", now());

    // when
    meta.webhook(body, meta.signature(body)).then().statusCode(200);

    // then
    await().until(() -> questions(connection, "PERMISSIONS") == 1);
    assertThat(now(connection).scopes()).containsExactly("ads_read");
    assertThat(now(connection).lifecycle()).isEqualTo(Lifecycle.CONNECTED);
  }

  @Test
  void aWebhookAboutAnAdAccountOpensAQuestionForEveryConnectionThatReachesIt() throws SQLException {
    // given
    var reaches = consent(ONE, person);
    var reachesNot = consent(OTHER, person);
    var account = person.substring(0, 12);
    sql(
        "insert into auth.asset (connection_id, asset_type, asset_id, revision, available,"
            + " changed_at) values ('%s', 'AD_ACCOUNT', '%s', 1, true, now())",
        reaches.connectionId(), account);
    var body =
        """
        {"object":"ad_account","entry":[{"id":"%s","time":%d,"changes":[{"field":\
        "with_issues_ad_objects","value":{"id":"1","level":"AD","error_code":"567"}}]}]}\
        """
            .formatted(account, now().getEpochSecond());

    // when
    meta.webhook(body, meta.signature(body)).then().statusCode(200);

    // then
    await().until(() -> questions(reaches, "ASSET") == 1);
    awaitNothingDue();
    assertThat(questions(reachesNot, "ASSET")).isZero();
  }

  @Test
  void duplicatesAndAnyOrderOfChangesAreTheSame() throws SQLException {
    // given
    consent(ONE, person);
    var early = permissions(person, "ads_read", "revoked", now().minusSeconds(10));
    var late = permissions(person, "ads_read", "granted", now());
    var before = messages();

    // when
    for (var body : List.of(late, early, late, early, early)) {
      meta.webhook(body, meta.signature(body)).then().statusCode(200);
    }

    // then
    assertThat(messages()).isEqualTo(before + 2);
  }

  /// The most that Meta sends at once.
  @Test
  void aThousandChangesInOneDeliveryAreTaken() throws SQLException {
    // given
    var connection = consent(ONE, person);
    var changes =
        IntStream.range(0, 990)
            .mapToObj(i -> "{\"field\":\"f%d\",\"value\":{\"verb\":\"granted\"}}".formatted(i))
            .collect(Collectors.joining(","));
    var others =
        IntStream.range(0, 10)
            .mapToObj(i -> entry(person + "0" + i, "{\"field\":\"ads_read\"}"))
            .collect(Collectors.joining(","));
    var body =
        "{\"object\":\"permissions\",\"entry\":[%s,%s]}".formatted(entry(person, changes), others);
    var before = messages();

    // when
    meta.webhook(body, meta.signature(body)).then().statusCode(200);

    // then
    assertThat(messages()).isEqualTo(before + 11);
    await().until(() -> questions(connection, "PERMISSIONS") == 1);
    awaitNothingDue();
  }

  private static String entry(String subject, String changes) {
    return "{\"id\":\"%s\",\"time\":%d,\"changes\":[%s]}"
        .formatted(subject, now().getEpochSecond(), changes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1,\"changes\":[]}]}",
        "{\"object\":\"permissions\"}",
        "{\"object\":\"permissions\",\"entry\":[{}]}",
        "{\"object\":\"permissions\",\"entry\":[{\"id\":\"x'y\",\"time\":1,\"changes\":[{}]}]}",
        "{\"object\":\"permissions\",\"entry\":[{\"id\":\"1\",\"time\":{},\"changes\":[{}]}]}"
      })
  void whatConcernsUsNotIsAcknowledged(String body) throws SQLException {
    // given
    var before = messages();

    // when
    meta.webhook(body, meta.signature(body)).then().statusCode(200);

    // then
    assertThat(messages()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "rubbish", "{}", "{\"object\":1}"})
  void whatIsNoDeliveryIsRefusedThoughItIsSigned(String body) {
    meta.webhook(body, meta.signature(body))
        .then()
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"));
  }

  @Test
  void aWebhookThatMetaDidNotSignIsRefusedOnRecordAndChangesNothing() throws SQLException {
    // given
    consent(ONE, person);
    var body = permissions(person, "ads_read", "revoked", now());
    var good = meta.signature(body);
    var changed = body.replace("revoked", "rewoked");
    List<UnaryOperator<String>> attacks =
        List.of(
            signature -> new MetaSays(meta.appId(), "x" + secret).signature(body),
            signature -> signature.substring(0, signature.length() - 1) + "x",
            signature -> signature.replace("sha256=", "sha1="),
            signature -> "",
            signature -> signature.substring("sha256=".length()));
    var refusedBefore = refusals();
    var statesBefore = states();
    var before = messages();

    // when / then
    for (var attack : attacks) {
      meta.webhook(body, attack.apply(good))
          .then()
          .statusCode(400)
          .body("code", equalTo("SIGNATURE_INVALID"));
    }
    meta.webhook(changed, good).then().statusCode(400);
    assertThat(refusals()).isEqualTo(refusedBefore + attacks.size() + 1);
    assertThat(states()).isEqualTo(statesBefore);
    assertThat(messages()).isEqualTo(before);

    // and when
    meta.webhook(body, good).then().statusCode(200);

    // then
    assertThat(messages()).isEqualTo(before + 1);
  }

  /// Which apps there are is nobody's business.
  @Test
  void anAppThatNobodyKnowsIsAnsweredLikeAWrongSignature() {
    // given
    var nobodys = new MetaSays("999", "x");
    var wrong = new MetaSays(meta.appId(), "x");
    var body = permissions(person, "ads_read", "revoked", now());

    // when / then
    assertThat(sameBut("instance", nobodys.deauthorize(nobodys.signedRequest(person, now()))))
        .isEqualTo(sameBut("instance", wrong.deauthorize(wrong.signedRequest(person, now()))));
    assertThat(sameBut("instance", nobodys.webhook(body, nobodys.signature(body))))
        .isEqualTo(sameBut("instance", wrong.webhook(body, wrong.signature(body))));
    given().post("/auth/meta/x/webhooks").then().statusCode(415);
    new MetaSays("x", "x").deauthorize("x").then().statusCode(404);
  }

  // ---- the world

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static String permissions(String person, String permission, String verb, Instant at) {
    return """
    {"object":"permissions","entry":[{"id":"%s","uid":"%s","time":%d,"changes":[{"field":"%s",\
    "value":{"verb":"%s"}}]}]}\
    """
        .formatted(person, person, at.getEpochSecond(), permission, verb);
  }

  private Connection consent(WorkspaceId workspace, String who) {
    return consent(workspace, TestConnections.token(who));
  }

  private Connection consent(WorkspaceId workspace, ConnectedToken token) {
    return Transactions.inTransaction(() -> connections.connect(workspace, "ann", token));
  }

  private Connection now(Connection connection) {
    return Transactions.inTransaction(() -> connections.find(connection.connectionId()));
  }

  private static JsonPath fact(String topic, Connection connection) {
    var record =
        TopicReader.shared().await(topic, connection.connectionId().toString(), 1).getFirst();
    return JsonPath.from(new String(record.value()));
  }

  private static Response page(String code) {
    return given()
        .pathParam("code", code)
        .get("/auth/meta/" + MetaTwin.APP_ID + "/data-deletion/{code}");
  }

  private static Map<String, Object> sameBut(String member, Response answer) {
    var problem = answer.jsonPath().<String, Object>getMap("");
    problem.remove(member);
    problem.put("http", answer.statusCode());
    return problem;
  }

  private static Response register(MetaTwin.App app, String verifyToken) {
    return given()
        .auth()
        .oauth2(bearer("security-admin", ONE.value()))
        .contentType("application/json")
        .body(
            Map.of(
                "workspaceId", ONE.value(),
                "appId", app.id(),
                "appSecret", app.secret(),
                "webhookVerifyToken", verifyToken))
        .post("/auth/apps");
  }

  private static String handle(Connection connection) {
    return given()
        .auth()
        .oauth2(bearer("operator", ONE.value()))
        .contentType("application/json")
        .body(
            Map.of(
                "connectionId",
                connection.connectionId().toString(),
                "access",
                "read",
                "expiresAt",
                now().plusSeconds(600).toString()))
        .post("/auth/handles")
        .then()
        .statusCode(200)
        .extract()
        .path("handle");
  }

  private static boolean opens(String handle) {
    return given()
        .auth()
        .oauth2(gateway())
        .contentType("application/json")
        .body(Map.of("handle", handle))
        .post("/auth/internal/handles/introspect")
        .then()
        .statusCode(200)
        .extract()
        .path("active");
  }

  private static String gateway() {
    return BEARERS.computeIfAbsent(
        "gateway", _ -> SharedParts.bearers().ofService("graph-gateway"));
  }

  private static String bearer(String role, String workspace) {
    return BEARERS.computeIfAbsent(
        role + " of " + workspace,
        _ -> SharedParts.bearers().of("ann", List.of(role), List.of(workspace)));
  }

  private static List<String> auditOf(Connection connection) {
    return audit(
            "workspace=%s&connection=%s"
                .formatted(connection.workspace(), connection.connectionId()))
        .getList("items.collect { it.action + ' by ' + it.actor }");
  }

  private static List<String> operatorsAudit() {
    return audit("workspace=*&action=meta.callback.received").getList("items.action");
  }

  private static JsonPath audit(String query) {
    return given()
        .auth()
        .oauth2(bearer("security-admin", "*"))
        .get("/auth/audit?" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  // ---- the database

  /// Refusals of the managed app are the operators' to read.
  private static long refusals() throws SQLException {
    return count("auth.audit_log", "action = 'meta.callback.refused' and workspace_id = '*'");
  }

  /// What was believed of the managed app.
  private static long messages() throws SQLException {
    return count("auth.meta_callback", "app_id = '%s'", MetaTwin.APP_ID);
  }

  private static long questions(Connection connection, String subject) throws SQLException {
    return count(
        "auth.question",
        "subject = '%s' and connection_id = '%s'",
        subject,
        connection.connectionId());
  }

  private static void awaitNothingDue() {
    await().until(() -> count("auth.meta_callback", "done_at is null") == 0);
  }

  /// What every connection of these workspaces is, but for what a question found out.
  private static String states() throws SQLException {
    return text(
        "select string_agg(id || ' ' || generation || ' ' || lifecycle || ' ' || meta_user_id, ','"
            + " order by id) from auth.connection where workspace_id like 'callbacks-%'");
  }

  private static long count(String table, String condition, Object... values) throws SQLException {
    return Long.parseLong(
        text("select count(*) from " + table + " where " + condition.formatted(values)));
  }

  private static String text(String query) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden");
        var statement = superuser.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void sql(String statement, Object... values) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden");
        var changes = superuser.createStatement()) {
      changes.execute(statement.formatted(values));
    }
  }
}
