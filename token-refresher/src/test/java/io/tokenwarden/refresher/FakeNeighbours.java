package io.tokenwarden.refresher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Plays graph-gateway and auth-service on one port. What it answers is said per connection.
public class FakeNeighbours implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2;

  private final Map<String, FakeConnection> connections = new ConcurrentHashMap<>();
  private HttpServer server;

  /// What is known of one connection at the gateway and at auth-service.
  static final class FakeConnection {
    volatile long generation = 1;
    volatile int adAccounts;
    volatile int putStatus = 204;
    final ConcurrentLinkedQueue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<JsonNode> puts = new CopyOnWriteArrayList<>();

    /// Such as `refresh 1`: what was asked for, and of which generation.
    final List<String> renewals = new CopyOnWriteArrayList<>();

    /// What auth-service says to the next ones; that the token was refreshed, if nothing is left.
    final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  }

  /// @param retryAfter in seconds; null if nothing is said
  record Outcome(int status, String word, Long retryAfter) {}

  /// @param retryAfter in seconds; null if nothing is said
  record Refusal(String path, int status, String category, String retryAfter) {}

  FakeConnection connection(Object id) {
    return connections.computeIfAbsent(id.toString(), _ -> new FakeConnection());
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    var url = "http://localhost:" + server.getAddress().getPort();
    return Map.of(
        "quarkus.rest-client.graph-gateway.url", url, "quarkus.rest-client.auth-service.url", url);
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(FakeNeighbours.class));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
          .startsWith("Bearer ")) {
        send(exchange, 401, "{}");
      } else if (exchange.getRequestURI().getPath().startsWith("/auth/internal/")) {
        auth(exchange);
      } else {
        graph(exchange);
      }
    }
  }

  private void auth(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath().split("/", -1);
    var connection = connection(path[4]);
    var said = JSON.readTree(exchange.getRequestBody());
    if (path[5].equals("access")) {
      connection.puts.add(said);
      send(exchange, connection.putStatus, "");
    } else {
      connection.renewals.add(path[5] + " " + said.path("generation").asLong());
      var outcome = connection.outcomes.poll();
      renewed(exchange, outcome == null ? new Outcome(200, "REFRESHED", null) : outcome);
    }
  }

  private static void renewed(HttpExchange exchange, Outcome outcome) throws IOException {
    var body =
        JSON.createObjectNode()
            .put("outcome", outcome.word())
            .put("generation", 2)
            .put("expiresAt", "2030-01-01T00:00:00Z")
            .put("retryAfter", outcome.retryAfter())
            .putNull("remedy");
    send(exchange, outcome.status(), body.toString());
  }

  private void graph(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    var connection = connection(headers.getFirst("X-Connection-Id"));
    var uri = exchange.getRequestURI();
    connection.calls.add(uri.getPath() + " " + headers.getFirst("X-Tokenwarden-Priority"));
    exchange
        .getResponseHeaders()
        .add("X-Tokenwarden-Generation", Long.toString(connection.generation));
    var refusal = connection.refusals.peek();
    if (refusal != null && uri.getPath().endsWith(refusal.path())) {
      connection.refusals.remove();
      refuse(exchange, refusal);
    } else if (uri.getPath().equals("/v25.0/me/permissions")) {
      send(exchange, 200, "{\"data\":[{\"permission\":\"ads_read\",\"status\":\"granted\"}]}");
    } else if (uri.getPath().equals("/v25.0/me/adaccounts")) {
      send(exchange, 200, JSON.writeValueAsString(adAccounts(uri, connection.adAccounts)));
    } else {
      send(exchange, 404, "{}");
    }
  }

  private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    exchange.getResponseHeaders().add("X-Tokenwarden-Category", refusal.category());
    if (refusal.retryAfter() != null) {
      exchange.getResponseHeaders().add("X-Tokenwarden-Retry-After", refusal.retryAfter());
    }
    send(exchange, refusal.status(), "{\"error\":{\"code\":1,\"message\":\"no\"}}");
  }

  /// Pages as Meta's: `next` is absolute, its host is another's, and the last page has none.
  private static Map<String, Object> adAccounts(URI uri, int count) {
    var query = uri.getRawQuery();
    int from =
        query.contains("after=") ? Integer.parseInt(query.replaceAll(".*after=(\\d+).*", "$1")) : 0;
    int to = Math.min(count, from + PAGE);
    var data =
        new ArrayList<>(
            IntStream.range(from, to)
                .mapToObj(n ->
                    Map.of(
                        "account_id",
                        Integer.toString(1000 + n),
                        "name",
                        "Account & " + n,
                        "account_status",
                        1,
                        "currency",
                        "EUR",
                        "timezone_name",
                        "Europe/Berlin"))
                .toList());
    return to == count
        ? Map.of("data", data)
        : Map.of(
            "data",
            data,
            "paging",
            Map.of(
                "next",
                "http://gateway.invalid/v25.0/me/adaccounts?fields=account_id%2Cname&limit=2&after="
                    + to));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
