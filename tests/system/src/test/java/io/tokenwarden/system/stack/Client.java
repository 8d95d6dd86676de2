package io.tokenwarden.system.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.testsupport.MetaTwin.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/// Uses a stack as people and services do.
public final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningStack stack;
  private final HttpClient http = HttpClient.newHttpClient();

  public Client(RunningStack stack) {
    this.stack = stack;
  }

  /// Plays the whole dance for a person.
  ///
  /// @return the connection's id
  public String connect(Person person) {
    var url =
        URI.create(
            post("auth-service", "/auth/handoffs", "{\"workspaceId\":\"demo\"}")
                .get("url")
                .asText());
    var started = send(HttpRequest.newBuilder(url).build());
    var cookie = started.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    var dialog = URI.create(started.headers().firstValue("Location").orElseThrow());
    var back = stack.twin().consent(dialog, person, "continue");
    var address = URI.create(back.toString().replaceAll("#.*", ""));
    var page = send(HttpRequest.newBuilder(address).header("Cookie", cookie).build());
    if (page.statusCode() != 200) {
      throw new AssertionError("HTTP " + page.statusCode() + "\n" + page.body());
    }
    return page.body().replaceAll("(?s).*data-connection-id=\"([^\"]+)\".*", "$1");
  }

  /// A data call through the gateway, as sync-worker makes it.
  public HttpResponse<String> graph(String connection, String pathAndQuery) {
    return send(
        HttpRequest.newBuilder(stack.service("graph-gateway").resolve(pathAndQuery))
            .header("Authorization", "Bearer " + stack.bearers().ofService("sync-worker"))
            .header("X-Connection-Id", connection)
            .build());
  }

  /// As an operator of the workspace `demo`.
  public HttpResponse<String> get(String service, String pathAndQuery) {
    return send(asOperator(stack.service(service).resolve(pathAndQuery)).build());
  }

  public JsonNode getJson(String service, String pathAndQuery) {
    return json(get(service, pathAndQuery));
  }

  public JsonNode post(String service, String path, String body) {
    return json(
        send(
            asOperator(stack.service(service).resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build()));
  }

  private HttpRequest.Builder asOperator(URI address) {
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + operator());
  }

  private String operator() {
    return stack.bearers().of("ann", List.of("viewer", "operator"), List.of("demo"));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw new AssertionError(
          answer.uri().getPath() + ": HTTP " + answer.statusCode() + "\n" + answer.body());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
