package io.tokenwarden.system.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/// What is done at the doors of the running stack, as people and programs do it.
final class Doors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningStack stack;
  private final Client client;

  Doors(RunningStack stack) {
    this.stack = stack;
    this.client = new Client(stack);
  }

  /// An order of the workspace `demo`, to be told more.
  static ObjectNode order() {
    return JSON.createObjectNode().put("workspaceId", "demo");
  }

  /// As an operator of `demo` and `other`.
  HttpResponse<String> post(String path, ObjectNode order) {
    return client.send(
        HttpRequest.newBuilder(stack.console().resolve(path))
            .header("Authorization", "Bearer " + operator())
            .header("Content-Type", "application/json")
            .POST(
                order == null ? BodyPublishers.noBody() : BodyPublishers.ofString(order.toString()))
            .build());
  }

  private String operator() {
    return stack.bearers().of("ann", List.of("viewer", "operator"), List.of("demo", "other"));
  }

  /// Begins a handoff.
  ///
  /// @return where the browser begins
  URI handoff(ObjectNode order) {
    var answer = post("/auth/handoffs", order);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return URI.create(json(answer).get("url").asText());
  }

  /// Goes to Meta's dialog.
  ///
  /// @return the dialog's address
  URI dialog(Browser browser, ObjectNode order) {
    return Browser.next(browser.open(handoff(order)));
  }

  /// Goes to Meta and consents.
  ///
  /// @return where Meta sends the browser: the request that is worth attacking
  URI consented(Browser browser, ObjectNode order, Person person) {
    return browser.consent(dialog(browser, order), person);
  }

  /// All of it.
  ///
  /// @return the connection's id
  String connect(Person person, ObjectNode order) {
    var browser = new Browser();
    return connectionOn(browser.open(consented(browser, order, person)));
  }

  /// A link for whoever the connection belongs to.
  URI reconnectLink(String connection) {
    var answer = post("/auth/connections/" + connection + "/reconnect-link", null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return URI.create(json(answer).get("url").asText());
  }

  /// The connection that the last page names.
  static String connectionOn(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).contains("data-status=\"connected\"");
    return attribute(page, "data-connection-id");
  }

  static String attribute(HttpResponse<String> page, String name) {
    return page.body().replaceAll("(?s).*" + name + "=\"([^\"]*)\".*", "$1");
  }

  JsonNode connection(String id) {
    return client.getJson("auth-service", "/auth/connections/" + id);
  }

  /// What the connection was seen to reach.
  JsonNode assets(String id) {
    return client.getJson("auth-service", "/auth/connections/" + id + "/assets").get("items");
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
