package io.tokenwarden.system.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a caller sends, to every operation the services say they have: the answer is a problem
/// with the right status, a code and plain words; it is never a 500, tells nothing of the inside or
/// of other workspaces, and nothing is changed by it. The callbacks of Meta, where a signature says
/// who calls, are auth-service's own test (`CallbackIT`).
@TestInstance(Lifecycle.PER_CLASS)
class BadInputIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NOBODYS_CONNECTION = "01990000-0000-7000-8000-000000000001";
  private static final String NOBODYS_AD_ACCOUNT = "987654321";
  private static final int TWO_MEGABYTES = 2_000_000;

  /// What a class, a package or a stack trace would look like.
  private static final List<String> INSIDES =
      List.of("Exception:", "io.tokenwarden", "io.quarkus", "org.hibernate", "java.lang", "\tat ");

  private static final List<String> ABSURD_PATHS =
      List.of(
          "%00",
          "-1",
          "99999999999999999999999999",
          "act_",
          "act_12a",
          "%F0%9F%98%80",
          "%27%20or%201=1",
          "%FF",
          "..%2F..",
          "01990000-0000-7000-8000-00000000000g",
          "x".repeat(2_000));

  private static final List<String> ABSURD_VALUES =
      List.of(
          "%00",
          "-1",
          "0",
          "1.5",
          "abc",
          "null",
          "99999999999999999999999999",
          "9999-99-99",
          "0000-01-01",
          "%2B999999999-12-31",
          "-999999999-01-01",
          "-999999999-01-01/1",
          "2026-01-01/%27",
          "%F0%9F%98%80",
          "%FF",
          "x".repeat(2_000));

  private static final List<String> RUBBISH =
      List.of(
          "",
          "null",
          "[]",
          "1",
          "\"text\"",
          "{",
          "not json",
          "\0",
          "{\"workspaceId\":1,\"generation\":\"x\"}",
          "{\"workspaceId\":{},\"generation\":{}}",
          "{\"workspaceId\":null,\"generation\":null}",
          "{\"workspaceId\":\"de\\u0000mo\",\"generation\":0}",
          "{\"workspaceId\":\"demo\",\"returnTo\":\"//elsewhere.example\",\"generation\":-1}",
          "{\"workspaceId\":\"demo\",\"returnTo\":\"/\\u0000\",\"generation\":1e99}",
          "{\"workspaceId\":\"demo\",\"appId\":\"1\\u0000\",\"generation\":99999999999999999999}",
          "{\"workspaceId\":\"demo\",\"connectionId\":\"\\u0000\",\"generation\":99,\"adAccounts\":[null]}",
          "{\"workspaceId\":\"demo\",\"profile\":\"everything\",\"generation\":99,\"permissions\":{}}",
          "{\"workspaceId\":\"demo\",\"workspaceId\":\"other\",\"generation\":99,\"adAccounts\":[{\"id\":\"x\"}]}",
          "{\"workspaceId\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");

  private final RunningStack stack = RunningStack.shared();
  private final Client client = new Client(stack);
  private final HttpClient http = HttpClient.newHttpClient();
  private String connection;
  private String adAccount;
  private String standing;

  @BeforeAll
  void connect() {
    var person = stack.twin().person("Beset", 1, 1);
    connection = client.connect(person);
    adAccount = person.adAccounts().getFirst();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(schedule().path("syncedThrough").isTextual()).isTrue());
    standing = everything();
  }

  @AfterAll
  void nothingHasChanged() {
    assertThat(everything()).isEqualTo(standing);
  }

  /// The connection and its schedule, but for what its regular runs change.
  private String everything() {
    var schedule = (ObjectNode) schedule();
    schedule.remove(List.of("lastRunAt", "nextRunAt"));
    return client.getJson("auth-service", "/auth/connections/" + connection) + "\n" + schedule;
  }

  private JsonNode schedule() {
    return client.getJson("sync-worker", "/sync/schedules/" + adAccount + "?workspace=demo");
  }

  List<Endpoint> endpoints() {
    return Endpoint.all(stack).stream()
        .filter(endpoint -> !endpoint.service().equals("graph-gateway"))
        .filter(endpoint -> !endpoint.isForMeta())
        .toList();
  }

  List<Endpoint> closedEndpoints() {
    return endpoints().stream().filter(endpoint -> !endpoint.isForBrowsers()).toList();
  }

  List<Endpoint> workspaceEndpoints() {
    return closedEndpoints().stream().filter(Endpoint::hasWorkspace).toList();
  }

  @Test
  void theServicesSayWhatTheyHave() {
    assertThat(closedEndpoints())
        .extracting(Endpoint::service)
        .contains("auth-service", "sync-worker", "notifier");
    assertThat(endpoints()).hasSizeGreaterThan(15);
  }

  // ---- who calls

  @ParameterizedTest
  @MethodSource("closedEndpoints")
  void lettingNobodyInUnasked(Endpoint endpoint) throws Exception {
    var forge = new Forge(stack.data().resolve("issuer/signing-key.json"));
    var good = bearer(endpoint);
    var expired = Instant.now().minusSeconds(3_600).getEpochSecond();
    var soft = new SoftAssertions();
    for (var bad :
        List.of(
            "",
            "rubbish",
            "a.b.c",
            Forge.tampered(good),
            Forge.unsigned(good),
            forge.with(good, claims -> claims.put("exp", expired)),
            forge.with(good, claims -> claims.put("aud", "somebody-else")),
            forge.with(good, claims -> claims.put("iss", "http://elsewhere.example")))) {
      var answer = send(endpoint, good(endpoint), bad, "{}");
      isProblem(soft, endpoint, "bearer " + bad, answer, Set.of(401));
      soft.assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
    var roleless = stack.bearers().of("ann", List.of("nothing"), List.of("demo", "*"));
    isProblem(
        soft, endpoint, "no role", send(endpoint, good(endpoint), roleless, "{}"), Set.of(403));
    if (endpoint.path().contains("/internal/")) {
      var operator = send(endpoint, good(endpoint), operator("*"), "{}");
      isProblem(soft, endpoint, "operator", operator, Set.of(403));
    }
    soft.assertAll();
  }

  /// To know how a bearer is forged proves nothing unless the forge can also make a good one.
  @Test
  void theForgeMakesGoodBearersToo() throws Exception {
    // given
    var forge = new Forge(stack.data().resolve("issuer/signing-key.json"));
    var later = Instant.now().plusSeconds(600).getEpochSecond();

    // when
    var bearer = forge.with(operator("demo"), claims -> claims.put("exp", later));

    // then
    var list = URI.create(stack.service("auth-service") + "/auth/connections?workspace=demo");
    var answer =
        client.send(
            HttpRequest.newBuilder(list).header("Authorization", "Bearer " + bearer).build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /// What exists in another workspace and what exists nowhere get the same answer.
  @ParameterizedTest
  @MethodSource("closedEndpoints")
  void whatOneMayNotSeeOneCannotLearnToExist(Endpoint endpoint) throws Exception {
    if (endpoint.path().contains("/internal/") || endpoint.concernsAllWorkspaces()) {
      return; // for services and for operators, which see all workspaces
    }
    var stranger = operator("other");
    var body = about("demo", connection);
    var unknownBody = about("nobodys", NOBODYS_CONNECTION);
    if (endpoint.hasWorkspace() || endpoint.takesBody()) {
      var foreign = send(endpoint, good(endpoint), stranger, body);
      var unknown =
          send(endpoint, good(endpoint).replace("=demo", "=nobodys"), stranger, unknownBody);
      isTheSame(foreign, unknown);
    }
    if (endpoint.hasPathParameter()) {
      var mine = endpoint.hasWorkspace() ? "?workspace=other" : "";
      var foreign = send(endpoint, endpoint.at(existing(endpoint)) + mine, stranger, body);
      var unknown = send(endpoint, endpoint.at(nobodys(endpoint)) + mine, stranger, body);
      isTheSame(foreign, unknown);
    }
  }

  private static String about(String workspace, String connection) {
    return "{\"workspaceId\":\"%s\",\"connectionId\":\"%s\"}".formatted(workspace, connection);
  }

  private static void isTheSame(HttpResponse<String> foreign, HttpResponse<String> unknown)
      throws IOException {
    assertThat(foreign.statusCode()).as(foreign.uri() + " " + foreign.body()).isEqualTo(404);
    assertThat(unknown.statusCode()).as(unknown.uri() + " " + unknown.body()).isEqualTo(404);
    var one = (ObjectNode) JSON.readTree(foreign.body());
    var other = (ObjectNode) JSON.readTree(unknown.body());
    assertThat(one.remove("instance")).isNotNull();
    assertThat(other.remove("instance")).isNotNull();
    assertThat(one).isEqualTo(other);
  }

  // ---- what is asked for

  @ParameterizedTest
  @MethodSource("endpoints")
  void aMethodNobodyOffersIsRefused(Endpoint endpoint) throws Exception {
    var soft = new SoftAssertions();
    for (var method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
      // POST to the session is the page's way out, and HEAD comes with GET
      if (!endpoint.methods().contains(method) && !endpoint.isForBrowsers()) {
        var answer = send(endpoint, method, good(endpoint), bearer(endpoint), "{}");
        isProblem(soft, endpoint, method, answer, Set.of(405));
      }
    }
    soft.assertAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-service", "sync-worker", "notifier", "token-refresher"})
  void anAddressNobodyHasIsRefused(String service) throws Exception {
    var soft = new SoftAssertions();
    var nowhere = new Endpoint(service, "GET", "/nowhere", List.of(), false, Set.of("GET"));
    for (var bearer : List.of("", operator("demo"))) {
      isProblem(
          soft, nowhere, "unknown", send(nowhere, "/nowhere/1", bearer, ""), Set.of(404, 401));
    }
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("workspaceEndpoints")
  void aWorkspaceThatIsNoneIsRefused(Endpoint endpoint) throws Exception {
    var soft = new SoftAssertions();
    for (var workspace : List.of("", "%00", "a%20b", "*", "%FF", "%27", "x".repeat(2_000))) {
      var path = endpoint.at(existing(endpoint)) + "?workspace=" + workspace;
      isProblem(
          soft,
          endpoint,
          workspace,
          send(endpoint, path, bearer(endpoint), "{}"),
          Set.of(400, 404));
    }
    var without = send(endpoint, endpoint.at(existing(endpoint)), bearer(endpoint), "{}");
    isProblem(soft, endpoint, "no workspace", without, Set.of(400));
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void anIdThatIsNoneIsRefused(Endpoint endpoint) throws Exception {
    var soft = new SoftAssertions();
    if (endpoint.hasPathParameter()) {
      for (var id : ABSURD_PATHS) {
        var path = endpoint.at(id) + (endpoint.hasWorkspace() ? "?workspace=demo" : "");
        isProblem(
            soft, endpoint, id, send(endpoint, path, bearer(endpoint), "{}"), Set.of(400, 404));
      }
    }
    soft.assertAll();
  }

  /// An absurd value may also be passed over; it never breaks anything.
  @ParameterizedTest
  @MethodSource("endpoints")
  void anAbsurdValueIsRefusedOrPassedOver(Endpoint endpoint) throws Exception {
    var soft = new SoftAssertions();
    for (var name : endpoint.queryParameters()) {
      for (var value : ABSURD_VALUES) {
        if (!name.equals("workspace") && endpoint.method().equals("GET")) {
          var start = good(endpoint);
          var path = start + (start.contains("?") ? "&" : "?") + name + "=" + value;
          isProblemIfRefused(
              soft, endpoint, name + "=" + value, send(endpoint, path, bearer(endpoint), ""));
        }
      }
    }
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("workspaceEndpoints")
  void aLimitIsANumberWithinItsBounds(Endpoint endpoint) throws Exception {
    var soft = new SoftAssertions();
    if (endpoint.queryParameters().contains("limit")) {
      for (var limit : List.of("abc", "-1", "0", "1.5", "1e3", "99999999999999999999")) {
        var path = good(endpoint) + "&limit=" + limit;
        isProblem(soft, endpoint, limit, send(endpoint, path, bearer(endpoint), ""), Set.of(400));
      }
    }
    soft.assertAll();
  }

  // ---- what is sent

  @ParameterizedTest
  @MethodSource("endpoints")
  void rubbishIsRefused(Endpoint endpoint) throws Exception {
    var soft = new SoftAssertions();
    if (endpoint.takesBody()) {
      for (var body : RUBBISH) {
        var answer = send(endpoint, good(endpoint), bearer(endpoint), body);
        isProblem(soft, endpoint, abridged(body), answer, refusals(endpoint));
      }
      for (var bytes :
          List.of("{\"workspaceId\":\"ÿþ\"}".getBytes(ISO_8859_1), "{}".getBytes(UTF_16))) {
        var answer = send(endpoint, "application/json", bytes);
        isProblem(soft, endpoint, "not UTF-8", answer, refusals(endpoint));
      }
      for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "image/png")) {
        var answer = send(endpoint, type, "{\"workspaceId\":\"demo\"}".getBytes(UTF_8));
        isProblem(soft, endpoint, type, answer, Set.of(415));
      }
    }
    soft.assertAll();
  }

  /// What names a generation nobody has is a conflict at worst.
  private static Set<Integer> refusals(Endpoint endpoint) {
    return endpoint.concernsAllWorkspaces() ? Set.of(400, 403) : Set.of(400, 404, 409);
  }

  /// Refused by its announced length; nobody reads it.
  @ParameterizedTest
  @ValueSource(
      strings = {"auth-service", "graph-gateway", "token-refresher", "sync-worker", "notifier"})
  void aBodyTooLargeIsRefused(String service) throws Exception {
    var address = stack.service(service);
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              """
              POST /auth/handoffs HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/json\r
              Content-Length: %d\r
              \r
              """
                  .formatted(TWO_MEGABYTES)
                  .getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413 ");
      assertThat(answer)
          .contains(
              service.equals("graph-gateway") ? "\"error\":{" : "\"code\":\"BODY_TOO_LARGE\"");
    }
  }

  /// One that does not say its length is cut off where it becomes too large.
  @ParameterizedTest
  @MethodSource("endpoints")
  void aBodyThatNeverEndsIsRefused(Endpoint endpoint) throws Exception {
    if (endpoint.takesBody()) {
      var large = "{\"workspaceId\":\"" + "x".repeat(TWO_MEGABYTES) + "\"}";
      var request =
          request(endpoint, good(endpoint), bearer(endpoint))
              .header("Content-Type", "application/json")
              .method(
                  endpoint.method(), BodyPublishers.fromPublisher(BodyPublishers.ofString(large)))
              .build();
      try {
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
      } catch (IOException e) {
        // the service closed while the rest was still being sent
        assertThat(e).hasMessageNotContaining("timed out");
      }
    }
  }

  // ---- the gateway, which speaks Graph

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401 GET /v25.0/me - -",
        "401 GET /v25.0/me rubbish CONNECTION",
        "403 GET /v25.0/me operator CONNECTION",
        "400 GET /v25.0/me service -",
        "400 GET /v25.0/me service 42",
        "404 GET /v25.0/me service 01990000-0000-7000-8000-000000000001",
        "403 POST /v25.0/me service CONNECTION",
        "403 DELETE /v25.0/me/permissions service CONNECTION",
        "403 GET /v25.0/debug_token?input_token=x service CONNECTION",
        "403 GET /v25.0/me?fields=access_token service CONNECTION",
        "403 GET /v25.0/oauth/access_token service CONNECTION",
        "400 GET /v25.0//me service CONNECTION",
        "400 GET /v25.0/act_1%2Finsights service CONNECTION",
        "400 GET /v25.0/%2e%2e/me service CONNECTION",
        "400 GET /v25.0/me?x=%00 service CONNECTION",
        "400 GET /v25.0/me?x=%FF service CONNECTION",
        "400 GET /v25.0/me?access_token=a&access_token=b service CONNECTION"
      })
  void theGatewayRefusesInGraphsEnvelope(String row) throws Exception {
    // given
    var words = row.split(" ");
    var status = Integer.parseInt(words[0]);
    var headers = new StringBuilder();
    if (!words[3].equals("-")) {
      headers.append("Authorization: Bearer ").append(gatewayBearer(words[3])).append("\r\n");
    }
    if (!words[4].equals("-")) {
      headers
          .append("X-Connection-Id: ")
          .append(words[4].replace("CONNECTION", connection))
          .append("\r\n");
    }

    // when
    var answer = raw(words[1] + " " + words[2], headers.toString());

    // then
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.toLowerCase(Locale.ROOT)).contains("x-tokenwarden-category: ");
    var error = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4)).get("error");
    assertThat(error.get("code").isInt()).isTrue();
    assertThat(error.get("message").asText()).isNotBlank();
    assertThat(answer).doesNotContain(INSIDES.toArray(String[]::new));
  }

  private String gatewayBearer(String who) {
    return switch (who) {
      case "service" -> stack.bearers().ofService("sync-worker");
      case "operator" -> operator("*");
      default -> who;
    };
  }

  /// A request line as it stands: no client would send some of them.
  private String raw(String requestLine, String headers) throws IOException {
    var gateway = stack.service("graph-gateway");
    try (var socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      var request =
          requestLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  // ---- calling

  private String bearer(Endpoint endpoint) {
    if (endpoint.path().startsWith("/auth/internal/credentials/")
        || endpoint.path().startsWith("/auth/internal/handles/")
        || endpoint.path().equals("/auth/internal/audit")) {
      return stack.bearers().ofService("graph-gateway");
    }
    return endpoint.path().contains("/internal/")
        ? stack.bearers().ofService("token-refresher")
        : operator("demo");
  }

  private String operator(String workspace) {
    return stack.bearers().of("ann", List.of("viewer", "operator"), List.of(workspace));
  }

  /// What would be answered well, but for the body.
  private String good(Endpoint endpoint) {
    return endpoint.at(existing(endpoint)) + (endpoint.hasWorkspace() ? "?workspace=demo" : "");
  }

  private String existing(Endpoint endpoint) {
    return endpoint.path().contains("{adAccountId}") ? adAccount : connection;
  }

  private static String nobodys(Endpoint endpoint) {
    return endpoint.path().contains("{adAccountId}") ? NOBODYS_AD_ACCOUNT : NOBODYS_CONNECTION;
  }

  private HttpResponse<String> send(Endpoint endpoint, String path, String bearer, String body)
      throws Exception {
    return send(endpoint, endpoint.method(), path, bearer, body);
  }

  private HttpResponse<String> send(
      Endpoint endpoint, String method, String path, String bearer, String body) throws Exception {
    var sends = endpoint.takesBody() && !method.equals("GET");
    return http.send(
        request(endpoint, path, bearer)
            .header("Content-Type", "application/json")
            .method(method, sends ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> send(Endpoint endpoint, String contentType, byte[] body)
      throws Exception {
    return http.send(
        request(endpoint, good(endpoint), bearer(endpoint))
            .header("Content-Type", contentType)
            .method(endpoint.method(), BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(Endpoint endpoint, String path, String bearer) {
    var request =
        HttpRequest.newBuilder(URI.create(stack.service(endpoint.service()) + path))
            .timeout(PATIENCE);
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  // ---- judging

  private static void isProblem(
      SoftAssertions soft,
      Endpoint endpoint,
      String what,
      HttpResponse<String> answer,
      Set<Integer> statuses)
      throws IOException {
    soft.assertThat(answer.statusCode())
        .as("%s, %s: %s", endpoint, abridged(what), abridged(answer.body()))
        .isIn(statuses);
    isProblemIfRefused(soft, endpoint, what, answer);
  }

  private static void isProblemIfRefused(
      SoftAssertions soft, Endpoint endpoint, String what, HttpResponse<String> answer)
      throws IOException {
    var name =
        "%s, %s: %d %s"
            .formatted(endpoint, abridged(what), answer.statusCode(), abridged(answer.body()));
    soft.assertThat(answer.statusCode()).as(name).isLessThan(500);
    soft.assertThat(answer.body()).as(name).doesNotContain(INSIDES.toArray(String[]::new));
    if (answer.statusCode() >= 400 && !endpoint.isForBrowsers()) {
      var type = answer.headers().firstValue("Content-Type").orElse("");
      soft.assertThat(type).as(name).startsWith("application/problem+json");
      if (type.startsWith("application/problem+json")) {
        var problem = JSON.readTree(answer.body());
        soft.assertThat(problem.path("status").asInt()).as(name).isEqualTo(answer.statusCode());
        soft.assertThat(problem.path("code").asText()).as(name).matches("[A-Z_]+");
        soft.assertThat(problem.path("detail").asText()).as(name).isNotBlank();
      }
    }
  }

  private static String abridged(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
