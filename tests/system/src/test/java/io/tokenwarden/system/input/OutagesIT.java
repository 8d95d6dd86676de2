package io.tokenwarden.system.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.Meanwhile;
import io.tokenwarden.testsupport.MetaTwin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The world goes away under a running product: a caller gets 503 and when to ask again, or has to
/// wait; what was accepted is there afterwards, and nothing is there by half.
@TestInstance(Lifecycle.PER_CLASS)
class OutagesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack, PATIENCE);
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aDatabaseThatIsKilledCostsA503AndNothingThatWasAccepted() throws Exception {
    // given
    var accepted = new ArrayList<URI>();
    var refused = new ArrayList<HttpResponse<String>>();
    signal("KILL", stack.pid("postgres"));

    // when
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          var answer = beginHandoff();
          if (answer.statusCode() == 200) {
            accepted.add(URI.create(JSON.readTree(answer.body()).get("url").asText()));
          } else {
            refused.add(answer);
          }
          return !refused.isEmpty() && accepted.size() >= 5;
        });

    // then
    assertThat(refused)
        .allSatisfy(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503))
        .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After")).isPresent())
        .allSatisfy(answer ->
            assertThat(JSON.readTree(answer.body()).get("code").asText()).isEqualTo("UNAVAILABLE"));
    assertThat(accepted)
        .allSatisfy(url ->
            assertThat(client.send(HttpRequest.newBuilder(url).build()).statusCode())
                .as("the ticket that was given is known")
                .isEqualTo(303));
  }

  @Test
  void aDatabaseThatIsSilentMakesCallersWaitAndLosesNothing() throws Exception {
    // given
    var database = family(stack.pid("postgres"));
    signal("STOP", database);

    // when
    var waiting = Meanwhile.get(this::beginHandoff);
    await().during(SHORT).atMost(SHORT.multipliedBy(2)).until(() -> !waiting.isDone());
    signal("CONT", database);

    // then
    var answer = waiting.join();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var url = URI.create(JSON.readTree(answer.body()).get("url").asText());
    assertThat(client.send(HttpRequest.newBuilder(url).build()).statusCode()).isEqualTo(303);
  }

  @Test
  void withoutABrokerPeopleConnectAndTheWorldIsToldLater() throws Exception {
    // given
    var person = twin.person("Unheard", 1, 1);
    var broker = List.of(stack.pid("kafka"));
    signal("STOP", broker);

    // when
    String connection;
    try {
      connection = client.connect(person);
    } finally {
      signal("CONT", broker);
    }

    // then
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(stack.topics().all("token.connected", connection)).hasSize(1));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(
                    client
                        .getJson(
                            "sync-worker",
                            "/sync/schedules/" + person.adAccounts().getFirst() + "?workspace=demo")
                        .path("syncedThrough")
                        .isTextual())
                .isTrue());
  }

  @Test
  void aSilentMetaLeavesNoConnectionByHalf() throws Exception {
    // given
    var person = twin.person("Cut off", 1, 1);
    var before = connections();
    var fault = twin.badDay("silent", "/debug_token");

    // when
    var connecting = Meanwhile.run(() -> client.connect(person));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(connecting).isCompletedExceptionally());
    twin.clearFault(fault);

    // then
    assertThat(connecting).failsWithin(SHORT).withThrowableThat().withMessageContaining("HTTP 502");
    assertThat(connections()).isEqualTo(before);
    assertThat(client.connect(person)).isNotBlank();
    assertThat(connections()).isEqualTo(before + 1);
  }

  private int connections() {
    return client.getJson("auth-service", "/auth/connections?workspace=demo").get("items").size();
  }

  private HttpResponse<String> beginHandoff() {
    var request =
        HttpRequest.newBuilder(stack.service("auth-service").resolve("/auth/handoffs"))
            .timeout(PATIENCE)
            .header(
                "Authorization",
                "Bearer " + stack.bearers().of("ann", List.of("operator"), List.of("demo")))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"workspaceId\":\"demo\"}"))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("auth-service does not answer", e);
    }
  }

  private static List<Long> family(long pid) {
    var parent = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(parent), parent.descendants()).map(ProcessHandle::pid).toList();
  }

  private static void signal(String name, List<Long> pids) throws Exception {
    for (var pid : pids) {
      signal(name, pid);
    }
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }
}
