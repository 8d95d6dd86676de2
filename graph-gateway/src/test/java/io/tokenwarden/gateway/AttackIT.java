package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody may try who holds a handle and wants more: each of it in each place where a
/// parameter can stand. Refused, nothing of it comes to Meta, and the audit log is told.
@QuarkusTest
class AttackIT extends WriterTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  /// @param parameters `name=value`, plain
  private record Attack(String name, String method, String path, String... parameters) {}

  /// A row of the table: what is tried with a handle that nothing else was tried with.
  private record Row(Attack attack, Place place, String key, UUID handle) {}

  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"source\"; filename=\"a.png\"\r\n\r\nx\r\n";

  /// Where the parameters stand.
  private enum Place {
    QUERY,
    FORM,
    JSON,
    MULTIPART,
    AFTER_A_FILE,
    URL_IN_A_BATCH,
    BODY_IN_A_BATCH
  }

  /// With a handle that only reads.
  private static final List<Attack> BY_READERS =
      List.of(
          new Attack("delete by override", "GET", "/9", "method=delete"),
          new Attack("delete by override in capitals", "POST", "/9", "method=DELETE"),
          new Attack("write", "POST", "/9", "status=ACTIVE"),
          new Attack("write by override", "GET", "/9", "method=post", "status=ACTIVE"),
          new Attack("report deleted", "POST", "/act_11/insights", "method=delete"),
          new Attack("verb in disguise", "POST", "/9", "Method=get", "status=ACTIVE"),
          new Attack("verb as a list", "POST", "/9", "method[]=get", "status=ACTIVE"));

  /// With a handle that writes whatever the connection reaches.
  private static final List<Attack> BY_WRITERS =
      List.of(
          new Attack("second credential", "GET", "/me", "access_token=EAAB", "access_token=EAAC"),
          new Attack("credential in disguise", "GET", "/me", "access.token=EAAB"),
          new Attack("page tokens", "GET", "/me/accounts", "fields=name,access_token"),
          new Attack("page tokens nested", "GET", "/me", "fields=accounts{access_token}"),
          new Attack("page tokens by a write", "POST", "/9", "fields=access_token"),
          new Attack("minting", "POST", "/5/access_tokens", "scope=ads_management"),
          new Attack("minting for system users", "POST", "/5/system_user_access_tokens", "scope=x"),
          new Attack("test users", "POST", "/5/accounts/test-users", "installed=true"),
          new Attack("exchange", "POST", "/oauth/access_token", "grant_type=fb_exchange_token"),
          new Attack("device", "POST", "/v25.0/device/login", "scope=x"),
          new Attack("install", "POST", "/5/applications", "business_app=5"),
          new Attack("inspection", "GET", "/debug_token", "input_token=EAAB"),
          new Attack("withdrawal", "DELETE", "/me/permissions", "permission=ads_read"),
          new Attack("withdrawal by override", "GET", "/me/permissions", "method=delete"),
          new Attack("others let in", "POST", "/act_11/assigned_users", "user=5"),
          new Attack("callback", "GET", "/me", "callback=show"),
          new Attack("dots", "GET", "/v25.0/%2e%2e/oauth/access_token", "x=1"),
          new Attack("encoded slash", "GET", "/v25.0/oauth%2Faccess_token", "x=1"),
          new Attack("empty segment", "GET", "/v25.0//oauth/access_token", "x=1"));

  /// With a handle that writes, and reaches one ad account.
  private static final List<Attack> BY_THE_RESTRICTED =
      List.of(
          new Attack("ids", "GET", "/", "ids=act_12"),
          new Attack("ids beside a path", "GET", "/act_11", "ids=act_12"),
          new Attack("ids written", "POST", "/", "ids=8,9", "status=PAUSED"),
          new Attack("nested fields", "GET", "/act_11", "fields=business{owned_ad_accounts}"),
          new Attack("another account", "GET", "/act_12/insights", "fields=spend"),
          new Attack("another account written", "POST", "/act_12/campaigns", "name=x"),
          new Attack("campaign of another account", "GET", "/9/insights", "fields=spend"),
          new Attack("campaign of another account written", "POST", "/9", "status=ACTIVE"),
          new Attack("nested batch", "POST", "/", "batch=[]"),
          new Attack(
              "reference in a batch",
              "POST",
              "/",
              "batch=[{\"method\":\"GET\",\"name\":\"a\",\"relative_url\":\"act_11/ads\"},"
                  + "{\"method\":\"GET\",\"relative_url\":\"{result=a:$.data.*.id}\"}]"),
          new Attack("me", "GET", "/me/accounts", "limit=5"),
          new Attack("alias", "POST", "/someone", "status=PAUSED"));

  @BeforeEach
  void theConnectionMayWrite() {
    writes();
  }

  @TestFactory
  List<DynamicTest> areRefusedToReaders() {
    return everywhere("read", BY_READERS);
  }

  @TestFactory
  List<DynamicTest> areRefusedToWriters() {
    return everywhere("write", BY_WRITERS);
  }

  @TestFactory
  List<DynamicTest> areRefusedToTheRestricted() {
    return everywhere("write", BY_THE_RESTRICTED, "11");
  }

  private List<DynamicTest> everywhere(String access, List<Attack> attacks, String... assets) {
    meta.answers(_ -> Reply.json(200, "{\"account_id\":\"12\",\"id\":\"9\"}"));
    List<Row> rows = new ArrayList<>();
    for (Attack attack : attacks) {
      for (Place place : Place.values()) {
        Row row = new Row(attack, place, randomHandle(), UUID.randomUUID());
        opens(row.key, row.handle, access, assets);
        rows.add(row);
      }
    }
    List<DynamicTest> tests = new ArrayList<>();
    rows.forEach(row ->
        tests.add(
            DynamicTest.dynamicTest(row.attack.name() + " in " + row.place, () -> isRefused(row))));
    tests.add(DynamicTest.dynamicTest("each for the audit log", () -> areTold(rows)));
    return tests;
  }

  private void isRefused(Row row) {
    // when
    HttpResponse<String> answer = tried(row);

    // then
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
    assertThat(meta.calls())
        .filteredOn(call -> !isLookUp(call))
        .extracting(Call::path)
        .as("what came to Meta")
        .isEmpty();
  }

  /// Whose the object is, is asked.
  private static boolean isLookUp(Call call) {
    return call.path().equals("/v25.0/9") && call.query().contains("fields=account_id");
  }

  private void areTold(List<Row> rows) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(told())
                .extracting(it -> it.path("handleId").asText(), it -> it.path("times").asInt())
                .containsAll(rows.stream().map(row -> tuple(row.handle.toString(), 1)).toList()));
    assertThat(toldOf(rows)).hasSameSizeAs(rows);
    assertThat(auth.calls())
        .filteredOn(call -> call.path().equals(AUDIT))
        .allSatisfy(call -> assertThat(call.body()).doesNotContain("twh_", "EAA"));
  }

  private List<JsonNode> toldOf(List<Row> rows) {
    Set<String> own = rows.stream().map(row -> row.handle.toString()).collect(Collectors.toSet());
    return told().stream().filter(it -> own.contains(it.path("handleId").asText())).toList();
  }

  @Test
  void areToldOnceAuthServiceIsBack() {
    // given
    UUID id = UUID.randomUUID();
    opens(handle, id, "read");
    AtomicInteger turnedAway = new AtomicInteger();
    Function<Call, Reply> usual = auth.script();
    auth.answers(call ->
        call.path().equals(AUDIT) && turnedAway.getAndIncrement() < 2
            ? Reply.json(503, "")
            : usual.apply(call));

    // when
    call("POST", "/9", FORM, "status=ACTIVE");
    call("POST", "/9", FORM, "status=ACTIVE");

    // then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(told())
                .filteredOn(it -> it.path("handleId").asText().equals(id.toString()))
                .anySatisfy(it -> {
                  assertThat(it.path("what").asText()).isEqualTo("READ_ONLY");
                  assertThat(it.path("times").asInt()).isEqualTo(2);
                }));
  }

  @Test
  void areToldOfWhoeverIsKnown() {
    // given
    UUID over = UUID.randomUUID();
    String stranger = randomHandle();
    handles.put(handle, Reply.json(200, "{\"active\":false,\"handleId\":\"%s\"}".formatted(over)));

    // when
    assertThat(call("GET", "/me", FORM, "").statusCode()).isEqualTo(401);
    assertThat(by(stranger, "GET", "/me", FORM, "").statusCode()).isEqualTo(401);
    assertThat(get("/act_11?method=delete").statusCode()).isEqualTo(403);

    // then
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(told())
                .extracting(
                    it -> it.path("what").asText(),
                    it -> it.path("handleId").asText(),
                    it -> it.path("subject").asText(),
                    it -> it.path("connectionId").asText())
                .contains(
                    tuple("WORTHLESS_HANDLE", over.toString(), "null", "null"),
                    tuple("READ_ONLY", "null", "sync-worker", connection.toString())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elsewhere.example/v25.0/me",
        "https://elsewhere.example:443/v25.0/act_11",
        "//elsewhere.example/v25.0/me",
        "/%2Felsewhere.example/v25.0/me",
        "/v25.0/http:%2F%2Felsewhere.example"
      })
  void anotherHostIsRefusedAndNeverAsked(String target) throws IOException {
    // given
    opens("write");

    // when
    String answer = requestLine("GET " + target);
    HttpResponse<String> inBatch = batch(handle, "GET", target, "");

    // then
    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(inBatch.statusCode()).isEqualTo(400);
    assertThat(meta.calls()).isEmpty();
  }

  private String requestLine(String line) throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout((int) SOON.toMillis());
      String request =
          line
              + " HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\nAuthorization: Bearer "
              + handle
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// What auth-service was told of refusals, as far as it took it.
  private List<JsonNode> told() {
    return auth.calls().stream()
        .filter(call -> call.path().equals(AUDIT))
        .flatMap(call -> StreamSupport.stream(refusals(call).spliterator(), false))
        .toList();
  }

  private static JsonNode refusals(Call call) {
    try {
      return JSON.readTree(call.body()).path("refusals");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> tried(Row row) {
    Attack attack = row.attack;
    String key = row.key;
    String[] said = attack.parameters();
    return switch (row.place) {
      case QUERY -> by(key, attack.method(), attack.path() + "?" + form(said), FORM, "");
      case FORM -> by(key, attack.method(), attack.path(), FORM, form(said));
      case JSON -> by(key, attack.method(), attack.path(), JSON_TYPE, json(said));
      case MULTIPART -> by(key, attack.method(), attack.path(), MULTIPART, multipart(said));
      case AFTER_A_FILE ->
          by(key, attack.method(), attack.path(), MULTIPART, FILE + multipart(said));
      case URL_IN_A_BATCH ->
          batch(key, attack.method(), attack.path().substring(1) + "?" + form(said), "");
      case BODY_IN_A_BATCH -> batch(key, attack.method(), attack.path().substring(1), form(said));
    };
  }

  /// After an item that would pass.
  private HttpResponse<String> batch(String key, String method, String url, String body) {
    String items =
        "[{\"method\":\"GET\",\"relative_url\":\"act_11\"},{\"method\":\"%s\",\"relative_url\":\"%s\",\"body\":\"%s\"}]"
            .formatted(method, url, body);
    return by(key, "POST", "/v25.0", FORM, "batch=" + encoded(items));
  }

  private HttpResponse<String> by(
      String key, String method, String target, String type, String body) {
    return call(method, target, type, body, "Authorization", "Bearer " + key);
  }

  private static String form(String... said) {
    return Arrays.stream(said)
        .map(pair -> pair.split("=", 2))
        .map(pair -> encoded(pair[0]) + "=" + encoded(pair[1]))
        .collect(Collectors.joining("&"));
  }

  private static String json(String... said) {
    return Arrays.stream(said)
        .map(pair -> pair.split("=", 2))
        .map(pair -> TextNode.valueOf(pair[0]) + ":" + TextNode.valueOf(pair[1]))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
