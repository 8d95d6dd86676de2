package io.tokenwarden.testsupport;

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
import java.time.Duration;
import java.util.List;

/// Uses the product as people and services do.
public final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration USUAL = Duration.ofSeconds(60);

  private final Product product;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  public Client(Product product) {
    this(product, USUAL);
  }

  /// @param patience how long an answer may take
  public Client(Product product, Duration patience) {
    this.product = product;
    this.patience = patience;
  }

  /// Plays the whole dance for a person.
  ///
  /// @return the connection's id
  public String connect(Person person) {
    return dance(person, "{\"workspaceId\":\"demo\"}");
  }

  /// Plays it again for a connection that exists.
  public void reconnect(Person person, String connection) {
    dance(person, "{\"workspaceId\":\"demo\",\"connectionId\":\"" + connection + "\"}");
  }

  /// Asks for a sync now.
  public void force(String adAccount) {
    post("sync-worker", "/sync/schedules/" + adAccount + "/force?workspace=demo", "");
  }

  private String dance(Person person, String order) {
    var page = send(comesBack(person, order));
    if (page.statusCode() != 200) {
      throw new AssertionError("HTTP " + page.statusCode() + "\n" + page.body());
    }
    return page.body().replaceAll("(?s).*data-connection-id=\"([^\"]+)\".*", "$1");
  }

  /// With what a person's browser comes back from Meta's dialog, which said yes.
  ///
  /// @param order of the handoff
  public HttpRequest comesBack(Person person, String order) {
    var url = URI.create(post("auth-service", "/auth/handoffs", order).get("url").asText());
    var started = send(request(product.opened(url)).build());
    var cookie = started.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    var dialog = URI.create(started.headers().firstValue("Location").orElseThrow());
    var back = product.twin().consent(dialog, person, "continue");
    var address = URI.create(back.toString().replaceAll("#.*", ""));
    return request(product.opened(address)).header("Cookie", cookie).build();
  }

  /// A data call through the gateway, as sync-worker makes it.
  public HttpResponse<String> graph(String connection, String pathAndQuery) {
    return send(
        request(product.service("graph-gateway").resolve(pathAndQuery))
            .header("Authorization", "Bearer " + product.bearers().ofService("sync-worker"))
            .header("X-Connection-Id", connection)
            .build());
  }

  /// As an operator of the workspace `demo`.
  public HttpResponse<String> get(String service, String pathAndQuery) {
    return send(asOperator(product.service(service).resolve(pathAndQuery)).build());
  }

  public JsonNode getJson(String service, String pathAndQuery) {
    return json(get(service, pathAndQuery));
  }

  public JsonNode post(String service, String path, String body) {
    return json(
        send(
            asOperator(product.service(service).resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build()));
  }

  private HttpRequest.Builder asOperator(URI address) {
    return request(address).header("Authorization", "Bearer " + operator());
  }

  private HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(patience);
  }

  private String operator() {
    return product.bearers().of("ann", List.of("viewer", "operator"), List.of("demo"));
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
