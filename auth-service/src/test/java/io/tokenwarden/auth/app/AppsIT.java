package io.tokenwarden.auth.app;

import static io.restassured.RestAssured.given;
import static io.tokenwarden.auth.Acts.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSecretProof;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.App;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TwinParts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class AppsIT {
  private final MetaTwin twin = TwinParts.twin();

  @AfterEach
  void noFaultsAreLeft() {
    twin.clearFaults();
  }

  @Test
  void anAppIsRegisteredAndItsSecretNeverComesOut() {
    // given
    var app = twin.app("Registered");

    // when
    var answer = register(app, Map.of("graphVersion", "v26.0", "loginConfigId", "77"));

    // then
    answer
        .then()
        .statusCode(201)
        .body(
            "appId", equalTo(app.id()),
            "managed", equalTo(false),
            "graphVersion", equalTo("v26.0"),
            "loginConfigId", equalTo("77"),
            "registeredBy", equalTo("ann"));
    assertThat(answer.asString()).doesNotContain(app.secret());
    var list = list("demo");
    list.then().body("items.appId", hasItem(app.id()), "items[0].managed", equalTo(true));
    assertThat(list.asString()).doesNotContain(app.secret());
    assertThat(sealed(app)).isNotEmpty().noneMatch(bytes -> bytes.contains(app.secret()));
  }

  @Test
  void whatIsLeftOutStaysAndWhatIsEmptyGoes() {
    // given
    var app = twin.app("Settings");
    register(
        app, Map.of("graphVersion", "v26.0", "loginConfigId", "77", "webhookVerifyToken", "x"));

    // when / then
    register(app, Map.of())
        .then()
        .statusCode(200)
        .body("graphVersion", equalTo("v26.0"), "loginConfigId", equalTo("77"));
    register(app, Map.of("graphVersion", "", "loginConfigId", "", "webhookVerifyToken", ""))
        .then()
        .statusCode(200)
        .body("graphVersion", equalTo("v25.0"), "loginConfigId", nullValue());
  }

  @Test
  void aSecretMetaDoesNotAcceptIsNotStored() {
    // given
    var app = twin.app("Refused");
    register(app, Map.of()).then().statusCode(201);
    var wrong = new App(app.id(), "0".repeat(32));

    // when / then
    register(wrong, Map.of()).then().statusCode(400).body("code", equalTo("APP_NOT_VERIFIED"));
    register(new App("1299999999999999", "0".repeat(32)), Map.of())
        .then()
        .statusCode(400)
        .body("code", equalTo("APP_NOT_VERIFIED"));
    list("demo").then().body("items.appId", not(hasItem("1299999999999999")));
    assertThat(proofOfALeaseThrough(app)).isTrue();
  }

  @Test
  void nothingIsStoredWhileMetaCannotBeAsked() {
    // given
    var app = twin.app("Outage");
    twin.fault("/debug_token$", 500, "<html>Sorry, something went wrong.</html>", "text/html");

    // when
    var answer = register(app, Map.of());

    // then
    answer.then().statusCode(503).body("code", equalTo("META_UNAVAILABLE"));
    assertThat(answer.getHeader("Retry-After")).isNotBlank();
    list("demo").then().body("items.appId", not(hasItem(app.id())));
  }

  @Test
  void aSecretThatWasSetAnewCountsAtOnce() {
    // given
    var app = twin.app("Rotated");
    register(app, Map.of()).then().statusCode(201);

    // when
    var renewed = twin.resetSecret(app.id());

    // then
    register(app, Map.of()).then().statusCode(400);
    register(renewed, Map.of()).then().statusCode(200);
    assertThat(proofOfALeaseThrough(renewed)).isTrue();
  }

  @Test
  void anAppOfAnotherWorkspaceIsUnknown() {
    // given
    var app = twin.app("Theirs");
    register(app, Map.of()).then().statusCode(201);
    var elsewhere = new HashMap<String, Object>(order(app, Map.of()));
    elsewhere.put("workspaceId", "other");

    // when / then
    list("other").then().statusCode(200).body("items.managed", contains(true));
    post("/auth/handoffs", Map.of("workspaceId", "other", "appId", app.id()))
        .then()
        .statusCode(404);
    post("/auth/connections", Map.of("workspaceId", "other", "appId", app.id(), "accessToken", "x"))
        .then()
        .statusCode(404);
    post("/auth/apps", elsewhere).then().statusCode(409).body("code", equalTo("APP_TAKEN"));
    elsewhere.put("appSecret", "0".repeat(32));
    post("/auth/apps", elsewhere).then().statusCode(400).body("code", equalTo("APP_NOT_VERIFIED"));
  }

  @Test
  void theManagedAppIsTheOperators() {
    register(new App(MetaTwin.APP_ID, "0".repeat(32)), Map.of())
        .then()
        .statusCode(409)
        .body("code", equalTo("APP_MANAGED"));
  }

  @Test
  void onlyASecurityAdminRegistersAndOnlyWhereTheySee() {
    // given
    var order = order(twin.app("Roles"), Map.of());

    // when / then
    for (var role : List.of("viewer", "operator", "replayer")) {
      as(role, "demo").body(order).post("/auth/apps").then().statusCode(403);
    }
    as("security-admin", "other").body(order).post("/auth/apps").then().statusCode(404);
    as("viewer", "other").get("/auth/apps?workspace=demo").then().statusCode(404);
    as("viewer", "demo").get("/auth/apps").then().statusCode(400);
    given().get("/auth/apps?workspace=demo").then().statusCode(401);
  }

  @ParameterizedTest
  @CsvSource({
    "appId, ''",
    "appId, abc",
    "appId, 12345678901234567890123456",
    "appSecret, ''",
    "appSecret, two words",
    "graphVersion, latest",
    "graphVersion, ../v25.0",
    "loginConfigId, abc",
    "webhookVerifyToken, two words"
  })
  void whatCannotBeMeantIsRefusedUnasked(String member, String value) {
    // given
    var before = twin.lastCall();

    // when
    var answer = register(new App("12", "0".repeat(32)), Map.of(member, value));

    // then
    answer.then().statusCode(400).body("code", equalTo("BAD_REQUEST"));
    assertThat(twin.callsAfter(before)).noneMatch(AppsIT::isOfAnUnknownApp);
  }

  /// An inspection with the token of an app that Meta does not know. Others may be asked about at
  /// the same time, with the token of ours.
  private static boolean isOfAnUnknownApp(JsonNode call) {
    return call.get("path").asText().endsWith("/debug_token") && call.get("token").isNull();
  }

  @Test
  void whatIsNotAskedForIsPassedOver() {
    // given
    var app = twin.app("Unknown member");

    // when
    var answer = register(app, Map.of("secretOfMine", "do not repeat"));

    // then
    answer.then().statusCode(201);
    assertThat(answer.asString()).doesNotContain("do not repeat");
  }

  @Test
  void scopesAreToldToEverybodyWhoIsSignedIn() {
    as("replayer", "demo")
        .get("/auth/scopes")
        .then()
        .statusCode(200)
        .body(
            "scopes.find { it.scope == 'ads_management' }.capabilities",
            contains("READ_INSIGHTS", "WRITE_ADS", "VERIFY_CONVERSIONS"),
            "profiles[0].profile",
            equalTo("reporting"),
            "profiles[0].scopes",
            contains("ads_read"),
            "profiles.find { it.profile == 'full' }.scopes",
            hasSize(14));
    given().get("/auth/scopes").then().statusCode(401);
  }

  // ---- asking

  private Response register(App app, Map<String, String> more) {
    return post("/auth/apps", order(app, more));
  }

  private static Map<String, String> order(App app, Map<String, String> more) {
    var order = new HashMap<String, String>();
    order.put("workspaceId", "demo");
    order.put("appId", app.id());
    order.put("appSecret", app.secret());
    order.putAll(more);
    return order;
  }

  private static Response post(String path, Map<String, ?> body) {
    return as("security-admin operator", "demo other").body(body).post(path);
  }

  private static Response list(String workspace) {
    return as("viewer", workspace).get("/auth/apps?workspace=" + workspace);
  }

  /// Whether the gateway is given a proof made with the app's secret as it is now.
  private boolean proofOfALeaseThrough(App app) {
    var token = twin.token(twin.person("Leased", 1, 1), "long-lived", false, app.id(), "ads_read");
    var lease = Acts.lease(Acts.paste(token, app.id()));
    lease.then().statusCode(200);
    return AppSecretProof.of(AppSecret.of(app.secret()), AccessToken.of(token.value()))
        .revealSecret()
        .equals(lease.path("appsecretProof"));
  }

  private static List<String> sealed(App app) {
    return Traces.rows("select sealed from auth.sealed_secret where secret_id = ?", app.id())
        .stream()
        .map(row -> new String((byte[]) row.get("sealed"), StandardCharsets.ISO_8859_1))
        .toList();
  }
}
