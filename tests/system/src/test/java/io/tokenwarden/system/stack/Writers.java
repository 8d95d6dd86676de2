package io.tokenwarden.system.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Connections that may manage campaigns, and the handles that write by them.
public final class Writers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningStack stack;
  private final Client client;

  public Writers(RunningStack stack) {
    this.stack = stack;
    this.client = new Client(stack);
  }

  /// @return the id of a new connection
  public String connect(Person person) {
    return connect(person, JSON.createObjectNode().put("workspaceId", "demo"));
  }

  public void reconnect(Person person, String connection) {
    connect(
        person, JSON.createObjectNode().put("workspaceId", "demo").put("connectionId", connection));
  }

  private String connect(Person person, ObjectNode order) {
    order.put("profile", "campaign-management");
    var page = client.send(client.comesBack(person, order.toString())).body();
    return page.replaceAll("(?s).*data-connection-id=\"([^\"]+)\".*", "$1");
  }

  /// A handle for everything the connection reaches, as a security-admin gives it out.
  public String handle(String connection) {
    var order =
        JSON.createObjectNode()
            .put("connectionId", connection)
            .put("access", "write")
            .put("expiresAt", Instant.now().plus(Duration.ofDays(1)).toString());
    var admin =
        stack.bearers().of("eve", List.of("viewer", "operator", "security-admin"), List.of("demo"));
    var minted =
        client.send(
            HttpRequest.newBuilder(stack.service("auth-service").resolve("/auth/handles"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order.toString()))
                .build());
    return json(minted.body()).get("handle").asText();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
