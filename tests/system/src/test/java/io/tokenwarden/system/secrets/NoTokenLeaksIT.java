package io.tokenwarden.system.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.TopicWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// No token, app secret, handle or webhook verify token in any log, topic, table or answer (P3).
/// First the search is shown to find what is there: a canary, planted in every kind of place and in
/// every form. Then it finds no token.
class NoTokenLeaksIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Has characters that look different in each form.
  private final Needle canary =
      new Needle("canary", "canary|" + UUID.randomUUID() + "~" + UUID.randomUUID());

  private final Needle webhookVerifyToken =
      new Needle("webhook verify token", UUID.randomUUID().toString());

  private final RunningStack stack = RunningStack.shared();
  private final Client client = new Client(stack);

  @Test
  void noSecretIsFoundWhereACanaryIs() throws IOException, SQLException {
    // given
    var person = stack.twin().person(String.join(" ", encoded()), 1, 2);
    var connection = client.connect(person);
    var given =
        List.of(managedAppSecret(), registeredApp(), webhookVerifyToken, handle(connection));
    useTheProduct(connection, person);
    plantInLog();
    plantInTopic();
    plantInDatabase();

    // when
    var haystack = Haystack.gather(stack, client, answers(connection, person));
    graphAnswers(haystack, connection, person);

    // then
    for (var place : List.of("log ", "topic ", "table ", "answer ")) {
      for (var form : encoded()) {
        assertThat(haystack.contains(place, form)).as("%s in a %s", form, place).isTrue();
      }
    }
    assertThat(haystack.find(canary)).isNotEmpty();

    // and then
    var tokens = TwinTokens.of(stack);
    assertThat(tokens).hasSizeGreaterThan(2);
    assertThat(Stream.concat(tokens.stream(), given.stream()))
        .flatMap(haystack::find)
        .as("secrets found")
        .isEmpty();
  }

  /// The one all managed connections are made with: its process has it from the environment.
  private Needle managedAppSecret() throws IOException {
    var environment = Files.readString(Path.of("/proc/" + stack.pid("auth-service") + "/environ"));
    var variable = "META_APP_SECRET=";
    var secret =
        Stream.of(environment.split("\0"))
            .filter(entry -> entry.startsWith(variable))
            .findFirst()
            .orElseThrow();
    return new Needle("managed app's secret", secret.substring(variable.length()));
  }

  /// An app of the customer's own, registered with its secret and a webhook verify token.
  private Needle registeredApp() {
    var app = stack.twin().app("Secretive");
    var order =
        JSON.createObjectNode()
            .put("workspaceId", "demo")
            .put("appId", app.id())
            .put("appSecret", app.secret())
            .put("webhookVerifyToken", webhookVerifyToken.value());
    var admin = stack.bearers().of("eve", List.of("security-admin"), List.of("demo"));
    var answer =
        client.send(
            HttpRequest.newBuilder(stack.service("auth-service").resolve("/auth/apps"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order.toString()))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new Needle("registered app's secret", app.secret());
  }

  /// The answer that mints it is the only place it is ever shown.
  private Needle handle(String connection) {
    var order =
        JSON.createObjectNode()
            .put("connectionId", connection)
            .put("access", "read")
            .put("expiresAt", Instant.now().plus(Duration.ofHours(1)).toString());
    var minted = client.post("auth-service", "/auth/handles", order.toString());
    return new Needle("handle", minted.get("handle").asText());
  }

  /// Plain, URL-encoded, Base64, hex.
  private List<String> encoded() {
    var bytes = canary.value().getBytes(UTF_8);
    return List.of(
        canary.value(),
        URLEncoder.encode(canary.value(), UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(bytes));
  }

  /// Calls that succeed, page and fail, so that there is something to find.
  private void useTheProduct(String connection, Person person) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    client
                        .get(
                            "sync-worker",
                            "/sync/insights/"
                                + person.adAccounts().getFirst()
                                + "?workspace=demo&level=campaign")
                        .body())
                .contains("\"spend\""));
    stack.twin().changePassword(person);
    client.graph(connection, "/v25.0/me");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(stack.topics().all("token.expired", connection)).hasSize(1));
    client.connect(person);
  }

  private void plantInLog() throws IOException {
    Files.write(stack.logs().resolve("canary.log"), encoded());
  }

  private void plantInTopic() {
    try (var writer = new TopicWriter(stack.kafka())) {
      var forms = encoded();
      writer.write(
          "sync-worker.dlt",
          forms.get(2),
          forms.get(0),
          Map.of("planted", forms.get(1) + " " + forms.get(3)));
    }
  }

  private void plantInDatabase() throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists public.canary (text text, bytes bytea)");
      statement.execute("delete from public.canary");
      try (var insert = connection.prepareStatement("insert into public.canary values (?, ?)")) {
        insert.setString(1, String.join(" ", encoded().subList(0, 3)));
        insert.setBytes(2, canary.value().getBytes(UTF_8));
        insert.execute();
      }
    }
  }

  private static Map<String, List<String>> answers(String connection, Person person) {
    var account = person.adAccounts().getFirst();
    var everywhere =
        List.of(
            "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/openapi");
    return Map.of(
        "auth-service",
        with(
            everywhere,
            "/auth/connections?workspace=demo",
            "/auth/connections/" + connection,
            "/auth/apps?workspace=demo",
            "/auth/handles?workspace=demo",
            "/auth/meta/callback?code=x&state=y",
            "/auth/internal/credentials/" + connection),
        "graph-gateway",
        with(everywhere, "/v25.0/me"),
        "token-refresher",
        everywhere,
        "sync-worker",
        with(
            everywhere,
            "/sync/schedules?workspace=demo",
            "/sync/coverage/" + account + "?workspace=demo&level=account",
            "/sync/insights/" + account + "?workspace=demo&level=campaign"),
        "notifier",
        with(everywhere, "/notify/notifications?workspace=demo", "/"));
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /// Pages whose `next` carries the token at Meta, and errors.
  private void graphAnswers(Haystack haystack, String connection, Person person) {
    var account = "/v25.0/act_" + person.adAccounts().getFirst();
    for (var path :
        List.of(
            "/v25.0/me?fields=id,name",
            "/v25.0/me/adaccounts?limit=1",
            account + "/insights?level=campaign&limit=2&time_increment=1&date_preset=last_30d",
            account + "/insights?level=nonsense",
            "/v25.0/debug_token?input_token=x",
            "/v25.0/oauth/access_token")) {
      var answer = client.graph(connection, path);
      haystack.add(
          "answer graph-gateway" + path,
          answer.statusCode() + " " + answer.headers().map() + answer.body());
    }
  }
}
