package io.tokenwarden.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.Suspicion;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.App;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.MetaTwin.Token;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicWriter;
import io.tokenwarden.testsupport.TwinParts;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What people and the other services do to auth-service.
public final class Acts {
  public static final String WORKSPACE = "demo";

  private Acts() {}

  // ---- a person with a browser

  /// @param dialog where Meta's dialog is
  /// @param cookie the secret this browser was given
  public record Browser(URI dialog, String cookie) {}

  /// Consents to everything; the id of the connection.
  public static String connect(Person person) {
    return consent(person, handoff(Map.of("workspaceId", WORKSPACE)));
  }

  /// Consents to everything that a scope profile asks for; the id of the connection.
  public static String connect(Person person, String profile) {
    return consent(person, handoff(Map.of("workspaceId", WORKSPACE, "profile", profile)));
  }

  public static String reconnect(Person person, String connection) {
    return consent(person, handoff(Map.of("workspaceId", WORKSPACE, "connectionId", connection)));
  }

  /// Consents, but shares some ad accounts and no others; the id of the connection.
  public static String connectSharing(Person person, String... adAccounts) {
    var browser = start(handoff(Map.of("workspaceId", WORKSPACE)));
    return landed(browser, TwinParts.twin().share(browser.dialog(), person, adAccounts));
  }

  private static String consent(Person person, URI handoff) {
    var browser = start(handoff);
    return landed(browser, TwinParts.twin().consent(browser.dialog(), person, "continue"));
  }

  private static String landed(Browser browser, URI back) {
    var page = callback(browser, back);
    assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
    return connectionOn(page);
  }

  public static String connectionOn(Response page) {
    return page.asString().replaceAll("(?s).*data-connection-id=\"([^\"]+)\".*", "$1");
  }

  public static URI handoff(Map<String, ?> wanted) {
    var url =
        as("operator")
            .body(wanted)
            .post("/auth/handoffs")
            .then()
            .statusCode(200)
            .extract()
            .<String>path("url");
    return URI.create(url);
  }

  public static Browser start(URI url) {
    var answer = given().redirects().follow(false).get(local(url));
    assertThat(answer.statusCode()).isEqualTo(303);
    var cookie = answer.getDetailedCookie("tw_handoff");
    assertThat(cookie.isSecured()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    return new Browser(URI.create(answer.getHeader("Location")), cookie.getValue());
  }

  public static Response callback(Browser browser, URI redirect) {
    return given()
        .cookie("tw_handoff", browser.cookie())
        .urlEncodingEnabled(false)
        .get(local(redirect));
  }

  /// The same path on the service under test: in production the ingress is between.
  public static String local(URI address) {
    return address.getRawPath() + "?" + address.getRawQuery();
  }

  // ---- callers with a bearer

  /// A person of the workspace in this role.
  public static RequestSpecification as(String role) {
    return as(role, WORKSPACE);
  }

  /// @param roles by spaces, as the workspaces
  public static RequestSpecification as(String roles, String workspaces) {
    return with(
        SharedParts.bearers().of("ann", List.of(roles.split(" ")), List.of(workspaces.split(" "))));
  }

  /// Somebody of another workspace.
  public static RequestSpecification stranger() {
    return as("viewer operator", "other");
  }

  public static String bearer(String role) {
    return SharedParts.bearers().of("ann", List.of(role), List.of(WORKSPACE));
  }

  public static RequestSpecification asService(String service) {
    return with(SharedParts.bearers().ofService(service));
  }

  private static RequestSpecification with(String bearer) {
    return given().auth().oauth2(bearer).contentType("application/json");
  }

  /// Connects with a token that was made by hand, under the managed app.
  ///
  /// @return the connection's id
  public static String paste(Token token) {
    return paste(token, MetaTwin.APP_ID);
  }

  public static String paste(Token token, String appId) {
    var answer =
        as("operator")
            .body(Map.of("workspaceId", WORKSPACE, "appId", appId, "accessToken", token.value()))
            .post("/auth/connections");
    assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201);
    return answer.path("connectionId");
  }

  /// Registers an app as the workspace's own.
  public static void own(App app) {
    as("security-admin")
        .body(Map.of("workspaceId", WORKSPACE, "appId", app.id(), "appSecret", app.secret()))
        .post("/auth/apps")
        .then()
        .statusCode(201);
  }

  /// `POST /auth/connections/{id}/{deed}` as an operator.
  public static Response order(String connection, String deed) {
    return as("operator").post("/auth/connections/" + connection + "/" + deed);
  }

  /// `POST /auth/internal/connections/{id}/{deed}` as token-refresher.
  public static Response orderInternally(String connection, String deed, long generation) {
    return asService("token-refresher")
        .body(Map.of("generation", generation))
        .post("/auth/internal/connections/" + connection + "/" + deed);
  }

  public static Response lease(String connection) {
    return asService("graph-gateway").get("/auth/internal/credentials/" + connection);
  }

  public static Response look(String connection) {
    return as("viewer").get("/auth/connections/" + connection);
  }

  /// The connection as it is now.
  public static JsonNode connection(String id) {
    return read(look(id));
  }

  public static JsonNode explanation(String id) {
    return read(as("viewer").get("/auth/connections/" + id + "/explain"));
  }

  private static JsonNode read(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return Traces.json(answer.asString());
  }

  // ---- the other services

  /// All ad accounts of a person, and the permission to read them.
  public static Response listAccess(String connection, Person person) {
    var permissions = Map.of("ads_read", "granted", "public_profile", "granted");
    return listAccess(
        connection,
        1,
        Map.of("permissions", permissions(permissions), "adAccounts", adAccounts(person)));
  }

  /// A listing of ad accounts that says nothing of permissions.
  public static void reaches(String connection, Person person) {
    var facts =
        person.adAccounts().stream().map(id -> Map.of("id", id, "name", "Account")).toList();
    listAccess(connection, 1, Map.of("adAccounts", facts)).then().statusCode(204);
  }

  public static Response listAccess(String connection, long generation, Map<String, ?> lists) {
    var snapshot = new HashMap<String, Object>(lists);
    snapshot.put("generation", generation);
    snapshot.putIfAbsent("complete", true);
    return asService("token-refresher")
        .body(snapshot)
        .put("/auth/internal/connections/" + connection + "/access");
  }

  public static List<?> permissions(Map<String, String> statusOf) {
    return statusOf.entrySet().stream()
        .map(each -> Map.of("permission", each.getKey(), "status", each.getValue()))
        .toList();
  }

  public static List<?> adAccounts(Person person) {
    return person.adAccounts().stream().map(Acts::adAccount).toList();
  }

  private static Map<String, ?> adAccount(String id) {
    return Map.of(
        "id",
        id,
        "name",
        "Account",
        "timezone",
        "Europe/Rome",
        "currency",
        "EUR",
        "accountStatus",
        1);
  }

  /// graph-gateway saw a 190; the id of the event that says so.
  public static UUID suspect(String connection, long generation, long revision) {
    return suspect(connection, generation, revision, Suspicion.TOKEN, "1");
  }

  /// graph-gateway saw something that gives reason to ask; the id of the event that says so.
  public static UUID suspect(
      String connection, long generation, long revision, Suspicion suspicion, String assetId) {
    return send(
        new TokenSuspected(
            WorkspaceId.of(WORKSPACE),
            ConnectionId.of(connection),
            generation,
            revision,
            MetaTwin.APP_ID,
            "1",
            TokenType.USER,
            Clock.systemUTC().instant(),
            ErrorCategory.TOKEN_INVALIDATED,
            new GraphErrorInfo(190, 460, "OAuthException", 400, "trace-of-the-call"),
            "/v25.0/act_1/insights",
            assetId,
            suspicion));
  }

  private static UUID send(Event event) {
    var meta = EventMeta.now(Service.GRAPH_GATEWAY, Clock.systemUTC(), Optional.empty());
    var record = EventCodec.encode(meta, event);
    try (var writer = TopicWriter.shared()) {
      writer.write(record.topic(), record.key(), record.value(), record.headers());
    }
    return meta.id();
  }
}
