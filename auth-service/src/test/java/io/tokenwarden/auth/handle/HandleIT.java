package io.tokenwarden.auth.handle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.Transactions;
import io.tokenwarden.testsupport.TwinParts;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a handle, on a real database and broker.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class HandleIT {
  private static final WorkspaceId WORKSPACE = WorkspaceId.of("handles");
  private static final Map<String, String> BEARERS = new ConcurrentHashMap<>();
  private static final Instant IN_A_DAY = Clock.systemUTC().instant().plus(Duration.ofDays(1));

  @Inject Connections connections;

  private String person;
  private Connection connection;

  @BeforeEach
  void connect() {
    person = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
    connection = consent();
  }

  @Test
  void aHandleOpensWhatItWasMintedFor() {
    // when
    var minted = minted(order("read", List.of("222", "111"), IN_A_DAY));

    // then
    var key = minted.getString("handle");
    assertThat(key).matches("twh_[A-Za-z0-9_-]{43}");
    introspect(key)
        .then()
        .statusCode(200)
        .body("active", equalTo(true))
        .body("connectionId", equalTo(connection.connectionId().toString()))
        .body("workspaceId", equalTo(WORKSPACE.value()))
        .body("handleId", equalTo(minted.getString("id")))
        .body("access", equalTo("read"))
        .body("assets", equalTo(List.of("111", "222")))
        .body("expiresAt", equalTo(minted.getString("expiresAt")));
  }

  @Test
  void theKeyIsShownOnceAndKeptAsAHashOnly() throws SQLException {
    // when
    var minted = minted(order("read", null, IN_A_DAY));

    // then
    var key = minted.getString("handle");
    list()
        .then()
        .statusCode(200)
        .body("items.id", hasItem(minted.getString("id")))
        .body("items[0]", not(hasKey("handle")));
    assertThat(list().asString()).doesNotContain(key);
    assertThat(rowAsText(minted.getString("id"))).isNotBlank().doesNotContain(key);
    assertThat(auditActions()).contains("handle.minted");
    assertThat(audit().toString()).doesNotContain(key);
  }

  @Test
  void aRevokedHandleOpensNothingFromTheAnswerOnAndTheGatewayIsTold() {
    // given
    var minted = minted(order("read", null, IN_A_DAY));

    // when
    revoke(operator(), minted.getString("id")).then().statusCode(204);

    // then
    opensNothing(introspect(minted.getString("handle")), minted);
    var revoked =
        TopicReader.shared().await("handle.revoked", minted.getString("id"), 1).getFirst();
    assertThat(JsonPath.from(new String(revoked.value())).getString("connectionId"))
        .isEqualTo(connection.connectionId().toString());
    assertThat(revoked.header("ce_workspaceid")).contains(WORKSPACE.value());
    assertThat(auditActions()).contains("handle.revoked");
  }

  @Test
  void revokingTwiceIsRevokingOnce() {
    // given
    var id = minted(order("read", null, IN_A_DAY)).getString("id");

    // when
    revoke(operator(), id).then().statusCode(204);
    revoke(operator(), id).then().statusCode(204);

    // then
    TopicReader.shared().await("handle.revoked", id, 1);
    assertThat(auditActions()).containsOnlyOnce("handle.revoked");
  }

  @Test
  void aReconnectChangesNothingAboutAHandle() {
    // given
    var minted = minted(order("read", List.of("111"), IN_A_DAY));
    var before = introspect(minted.getString("handle")).asString();

    // when
    var reconnected = consent();

    // then
    assertThat(reconnected.generation()).isEqualTo(connection.generation() + 1);
    assertThat(introspect(minted.getString("handle")).asString()).isEqualTo(before);
  }

  @Test
  void aHandleEndsByItself() throws SQLException {
    // given
    var minted = minted(order("read", null, IN_A_DAY));

    // when
    sql("update auth.handle set expires_at = now() where id = '%s'", minted.getString("id"));

    // then
    opensNothing(introspect(minted.getString("handle")), minted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DISCONNECTED", "ARCHIVED"})
  void aHandleOfAnEndedConnectionOpensNothingAndNoneIsMinted(String lifecycle) throws SQLException {
    // given
    var minted = minted(order("read", null, IN_A_DAY));

    // when
    sql(
        "update auth.connection set lifecycle = '%s' where id = '%s'",
        lifecycle, connection.connectionId());

    // then
    opensNothing(introspect(minted.getString("handle")), minted);
    mint(operator(), order("read", null, IN_A_DAY))
        .then()
        .statusCode(409)
        .body("code", equalTo("CONNECTION_ENDED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "twh_",
        "rubbish",
        "twh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "TWH_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "twh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u0000"
      })
  void aKeyThatNobodyWasGivenOpensNothing(String key) {
    opensNothing(introspect(key));
  }

  @Test
  void oneOtherLetterOpensNothing() {
    // given
    var key = minted(order("read", null, IN_A_DAY)).getString("handle");
    var last = key.charAt(key.length() - 1);

    // when
    var answer = introspect(key.substring(0, key.length() - 1) + (last == 'A' ? 'E' : 'A'));

    // then
    opensNothing(answer);
  }

  @Test
  void aHandleThatWritesIsMintedByASecurityAdminAlone() {
    mint(operator(), order("write", null, IN_A_DAY)).then().statusCode(403);
    mint(viewer(), order("read", null, IN_A_DAY)).then().statusCode(403);
    mint(admin(), order("write", null, IN_A_DAY))
        .then()
        .statusCode(200)
        .body("access", equalTo("write"));
  }

  static List<Map<String, Object>> badOrders() {
    return List.of(
        change("access", "admin"),
        change("access", null),
        change("assets", List.of()),
        change("assets", List.of("act_1")),
        change("assets", Collections.nCopies(101, "1")),
        change("expiresAt", null),
        change("expiresAt", "tomorrow"),
        change("expiresAt", Clock.systemUTC().instant().minusSeconds(1).toString()),
        change("expiresAt", Clock.systemUTC().instant().plus(Duration.ofDays(366)).toString()),
        change("expiresAt", "+999999999-12-31T23:59:59Z"));
  }

  private static Map<String, Object> change(String field, Object value) {
    var change = new HashMap<String, Object>();
    change.put(field, value);
    return change;
  }

  @ParameterizedTest
  @MethodSource("badOrders")
  void anOrderThatCannotBeUnderstoodIsRefused(Map<String, Object> change) {
    // given
    var order = order("read", List.of("1"), IN_A_DAY);

    // when
    order.putAll(change);

    // then
    mint(admin(), order)
        .then()
        .statusCode(400)
        .contentType(startsWith("application/problem+json"))
        .body("code", equalTo("BAD_REQUEST"))
        .body("detail", matchesPattern("(access|assets|expiresAt) .*"));
  }

  @Test
  void strangersLearnNothing() {
    // given
    var id = minted(order("read", null, IN_A_DAY)).getString("id");
    var stranger = bearer("operator", "other");

    // when / then
    mint(stranger, order("read", null, IN_A_DAY)).then().statusCode(404);
    revoke(stranger, id).then().statusCode(404);
    revoke(operator(), UUID.randomUUID().toString()).then().statusCode(404);
    revoke(operator(), "42").then().statusCode(404);
    revoke(viewer(), id).then().statusCode(403);
    given().delete("/auth/handles/" + id).then().statusCode(401);
    ask(stranger, "/auth/handles?workspace=" + WORKSPACE).then().statusCode(404);
    ask(viewer(), "/auth/handles?workspace=%s&after=x".formatted(WORKSPACE)).then().statusCode(400);
    for (var who : List.of(admin(), SharedParts.bearers().ofService("sync-worker"))) {
      introspect(who, "twh_").then().statusCode(403);
    }
    given()
        .auth()
        .oauth2(gateway())
        .contentType("application/json")
        .body("{}")
        .post("/auth/internal/handles/introspect")
        .then()
        .statusCode(400);
  }

  @Test
  void handlesAreListedNewestFirstAPageAtATime() {
    // given
    var first = minted(order("read", null, IN_A_DAY)).getString("id");
    var second = minted(order("read", null, IN_A_DAY)).getString("id");

    // when
    var page = ask(viewer(), "/auth/handles?limit=1&workspace=" + WORKSPACE).jsonPath();
    var next =
        ask(
                viewer(),
                "/auth/handles?limit=1&workspace=%s&after=%s"
                    .formatted(WORKSPACE, page.getString("next")))
            .jsonPath();

    // then
    assertThat(page.getList("items.id")).containsExactly(second);
    assertThat(next.getList("items.id")).containsExactly(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "image/png"})
  void aKeyIsAskedAboutInJsonOnly(String type) {
    given()
        .auth()
        .oauth2(gateway())
        .header("Content-Type", type)
        .body("{\"handle\":\"x\"}".getBytes(StandardCharsets.UTF_8))
        .post("/auth/internal/handles/introspect")
        .then()
        .statusCode(415);
  }

  @Test
  void whatTheGatewayRefusedIsInTheAuditLogOfWhoeverItConcerns() {
    // given
    var handle = minted(order("read", null, IN_A_DAY)).getString("id");
    revoke(operator(), handle).then().statusCode(204);

    // when
    report(
            gateway(),
            refused("WORTHLESS_HANDLE", 1, "handleId", handle),
            refused("BEYOND_REACH", 7, "handleId", handle),
            refused(
                "READ_ONLY",
                1,
                "subject",
                "sync-worker",
                "connectionId",
                connection.connectionId().toString()))
        .then()
        .statusCode(204);

    // then
    var entries = audit();
    assertThat(
            entries.<Map<String, String>>getList("items").stream()
                .filter(entry -> entry.get("action").equals("gateway.refusal"))
                .map(entry -> entry.get("actor") + ": " + entry.get("detail")))
        .containsExactlyInAnyOrder(
            "handle " + handle + ": WORTHLESS_HANDLE",
            "handle "
                + handle
                + ": BEYOND_REACH, 7 times from 2026-11-22T08:00:00Z to 2026-11-22T08:00:30Z",
            "sync-worker: READ_ONLY");
  }

  @Test
  void whatTheGatewayRefusedToStrangersIsTheOperatorsToRead() {
    // given
    var what = "TRIED_" + letters();

    // when
    report(
            gateway(),
            refused(what, 2),
            refused(what, 1, "handleId", UUID.randomUUID().toString()),
            refused(what, 1, "connectionId", UUID.randomUUID().toString()))
        .then()
        .statusCode(204);

    // then
    var entries =
        ask(bearer("security-admin", "*"), "/auth/audit?workspace=*&action=gateway.refusal&limit=9")
            .jsonPath()
            .<Map<String, String>>getList("items");
    assertThat(entries)
        .filteredOn(entry -> entry.get("detail").startsWith(what))
        .hasSize(3)
        .allSatisfy(entry -> {
          assertThat(entry.get("actor")).isEqualTo("unknown");
          assertThat(entry.get("workspaceId")).isEqualTo("*");
          assertThat(entry.get("connectionId")).isNull();
        });
  }

  @Test
  void onlyTheGatewayTellsWhatItRefusedAndOnlySoMuch() {
    for (var who : List.of(admin(), SharedParts.bearers().ofService("sync-worker"))) {
      report(who, refused("READ_ONLY", 1)).then().statusCode(403);
    }
    report(gateway(), refused("read only", 1)).then().statusCode(400);
    report(gateway(), refused("READ_ONLY", 0)).then().statusCode(400);
    report(gateway(), refused("READ_ONLY", 1, "subject", "a b")).then().statusCode(400);
    report(gateway(), refused("READ_ONLY", 1, "handleId", "x")).then().statusCode(400);
    report(gateway(), Collections.nCopies(101, refused("READ_ONLY", 1)).toArray(Map[]::new))
        .then()
        .statusCode(400);
  }

  private static Map<String, Object> refused(String what, int times, String... more) {
    var refused = new HashMap<String, Object>();
    refused.put("what", what);
    refused.put("times", times);
    refused.put("since", "2026-11-22T08:00:00Z");
    refused.put("until", "2026-11-22T08:00:30.5Z");
    for (int i = 0; i < more.length; i += 2) {
      refused.put(more[i], more[i + 1]);
    }
    return refused;
  }

  private static Response report(String bearer, Map<?, ?>... refused) {
    return given()
        .auth()
        .oauth2(bearer)
        .contentType("application/json")
        .body(Map.of("refusals", List.of(refused)))
        .post("/auth/internal/audit");
  }

  /// Nobody else uses them.
  private static String letters() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT).replaceAll("[^A-F]", "");
  }

  private static void opensNothing(Response answer) {
    answer.then().statusCode(200);
    assertThat(answer.jsonPath().getMap("")).isEqualTo(Map.of("active", false));
  }

  private static void opensNothing(Response answer, JsonPath minted) {
    answer.then().statusCode(200);
    assertThat(answer.jsonPath().getMap(""))
        .isEqualTo(Map.of("active", false, "handleId", minted.getString("id")));
  }

  private Connection consent() {
    return Transactions.inTransaction(
        () -> connections.connect(WORKSPACE, "ann", TestConnections.token(person)));
  }

  private Map<String, Object> order(String access, List<String> assets, Instant expiresAt) {
    var order = new HashMap<String, Object>();
    order.put("connectionId", connection.connectionId().toString());
    order.put("access", access);
    order.put("assets", assets);
    order.put("expiresAt", expiresAt.toString());
    return order;
  }

  private JsonPath minted(Map<String, Object> order) {
    return mint(operator(), order).then().statusCode(200).extract().jsonPath();
  }

  private static Response mint(String bearer, Map<String, Object> order) {
    return given()
        .auth()
        .oauth2(bearer)
        .contentType("application/json")
        .body(order)
        .post("/auth/handles");
  }

  private static Response revoke(String bearer, String id) {
    return given().auth().oauth2(bearer).delete("/auth/handles/" + id);
  }

  private static Response list() {
    return ask(viewer(), "/auth/handles?workspace=" + WORKSPACE);
  }

  private static Response introspect(String key) {
    return introspect(gateway(), key);
  }

  private static Response introspect(String bearer, String key) {
    return given()
        .auth()
        .oauth2(bearer)
        .contentType("application/json")
        .body(Map.of("handle", key))
        .post("/auth/internal/handles/introspect");
  }

  private List<String> auditActions() {
    return audit().getList("items.action");
  }

  private JsonPath audit() {
    return ask(
            admin(),
            "/auth/audit?workspace=%s&connection=%s"
                .formatted(WORKSPACE, connection.connectionId()))
        .jsonPath();
  }

  private static Response ask(String bearer, String path) {
    return given().auth().oauth2(bearer).get(path);
  }

  private static String viewer() {
    return bearer("viewer", WORKSPACE.value());
  }

  private static String operator() {
    return bearer("operator", WORKSPACE.value());
  }

  private static String admin() {
    return bearer("security-admin", WORKSPACE.value());
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

  private static String rowAsText(String id) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden");
        var query = superuser.createStatement();
        var row = query.executeQuery("select h::text from auth.handle h where id = '" + id + "'")) {
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
