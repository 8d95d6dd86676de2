package io.tokenwarden.system.handles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// A key instead of a token: it reads what it names, outlives the token, and ends at once.
class HandleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(30);

  private final RunningStack stack = RunningStack.shared();
  private final Client client = new Client(stack);

  @Test
  void itReadsWhatItNamesUntilItIsRevoked() {
    // given
    var person = stack.twin().person("Holder", 2, 1);
    var connection = client.connect(person);
    var named = person.adAccounts().getFirst();
    var minted = minted(connection, named);
    var handle = minted.get("handle").asText();

    // when
    var campaigns = read("/v25.0/act_" + named + "/campaigns?fields=id", handle);

    // then
    assertThat(campaigns.statusCode()).as(campaigns.body()).isEqualTo(200);
    var campaign = json(campaigns).at("/data/0/id").asText();
    assertThat(read("/v25.0/" + campaign + "?fields=name", handle).statusCode()).isEqualTo(200);
    assertThat(read("/v25.0/act_" + person.adAccounts().getLast() + "/campaigns", handle))
        .returns(403, HttpResponse::statusCode);
    assertThat(read("/v25.0/" + campaignOfTheOther(connection, person) + "?fields=name", handle))
        .returns(403, HttpResponse::statusCode);

    // and then
    var refusal =
        await()
            .atMost(SOON)
            .until(() -> refusals(minted.get("id").asText()), found -> !found.isEmpty())
            .getFirst();
    assertThat(refusal.get("connectionId").asText()).isEqualTo(connection);
    assertThat(refusal.get("detail").asText()).startsWith("BEYOND_REACH");

    // and when
    revoke(minted.get("id").asText());

    // then
    await()
        .atMost(SOON)
        .until(() -> read("/v25.0/act_" + named + "/campaigns", handle).statusCode() == 401);
  }

  @Test
  void itServesAgainOnceThePersonHasReconnected() {
    // given
    var person = stack.twin().person("Holder of a token that dies", 1, 1);
    var connection = client.connect(person);
    var account = "/v25.0/act_" + person.adAccounts().getFirst() + "?fields=id";
    var handle = minted(connection, person.adAccounts().getFirst()).get("handle").asText();
    assertThat(read(account, handle).statusCode()).isEqualTo(200);

    // when
    stack.twin().changePassword(person);

    // then
    var refused = read(account, handle);
    assertThat(json(refused).at("/error/code").asInt()).isEqualTo(190);
    assertThat(refused.headers().firstValue("X-Tokenwarden-Remedy")).contains("reconnect");

    // and when
    client.reconnect(person, connection);

    // then
    await().atMost(SOON).until(() -> read(account, handle).statusCode() == 200);
  }

  private JsonNode minted(String connection, String adAccount) {
    var order =
        JSON.createObjectNode()
            .put("connectionId", connection)
            .put("access", "read")
            .put("expiresAt", Instant.now().plus(Duration.ofDays(1)).toString());
    order.putArray("assets").add(adAccount);
    return client.post("auth-service", "/auth/handles", order.toString());
  }

  private void revoke(String id) {
    var bearer = stack.bearers().of("ann", List.of("viewer", "operator"), List.of("demo"));
    var answer =
        client.send(
            HttpRequest.newBuilder(stack.service("auth-service").resolve("/auth/handles/" + id))
                .header("Authorization", "Bearer " + bearer)
                .DELETE()
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  /// What the audit log says the gateway refused to whoever holds it.
  private List<JsonNode> refusals(String id) {
    var bearer = stack.bearers().of("sue", List.of("security-admin"), List.of("demo"));
    var answer =
        client.send(
            HttpRequest.newBuilder(
                    stack
                        .service("auth-service")
                        .resolve("/auth/audit?workspace=demo&action=gateway.refusal"))
                .header("Authorization", "Bearer " + bearer)
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return StreamSupport.stream(json(answer).get("items").spliterator(), false)
        .filter(entry -> entry.get("actor").asText().equals("handle " + id))
        .toList();
  }

  private String campaignOfTheOther(String connection, Person person) {
    var other = person.adAccounts().getLast();
    return json(client.graph(connection, "/v25.0/act_" + other + "/campaigns?fields=id"))
        .at("/data/0/id")
        .asText();
  }

  private HttpResponse<String> read(String pathAndQuery, String handle) {
    return client.send(
        HttpRequest.newBuilder(stack.service("graph-gateway").resolve(pathAndQuery))
            .header("Authorization", "OAuth " + handle)
            .build());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
