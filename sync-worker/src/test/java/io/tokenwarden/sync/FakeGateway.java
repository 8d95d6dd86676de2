package io.tokenwarden.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Plays graph-gateway. What an ad account holds, and what the gateway answers, is said per
/// account.
///
/// Each account spends `1.25` per campaign and day, on two campaigns, on all days but those said to
/// be quiet. Lists are cut into small pages, and between two pages an empty one comes.
public class FakeGateway implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 7;

  private final Map<String, FakeAccount> accounts = new ConcurrentHashMap<>();
  private HttpServer server;

  /// What is behind the gateway for one ad account.
  public static final class FakeAccount {
    volatile long generation = 1;
    volatile String spend = "1.25";
    final Set<LocalDate> quiet = ConcurrentHashMap.newKeySet();
    final ConcurrentLinkedQueue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    final List<Call> calls = new CopyOnWriteArrayList<>();
    volatile CountDownLatch gate = new CountDownLatch(0);

    /// As Meta answers while the token is dead.
    volatile boolean dead;
  }

  /// What the gateway answers instead of a page.
  ///
  /// @param retryAfter in seconds; null if nothing is said
  public record Refusal(int status, String category, String retryAfter) {}

  /// One call that was made.
  public record Call(String connection, String priority, Map<String, String> query) {
    String level() {
      return query.get("level");
    }

    String since() {
      return timeRange().path("since").asText();
    }

    JsonNode timeRange() {
      try {
        return JSON.readTree(query.get("time_range"));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public FakeAccount account(Object id) {
    return accounts.computeIfAbsent(id.toString(), _ -> new FakeAccount());
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
    return Map.of(
        "quarkus.rest-client.graph-gateway.url",
        "http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(FakeGateway.class));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var path = exchange.getRequestURI().getPath();
      if (!String.valueOf(headers.getFirst("Authorization")).startsWith("Bearer ")) {
        send(exchange, 401, "{}");
        return;
      }
      if (!path.matches("/v25.0/act_[0-9]+/insights")) {
        send(exchange, 404, "{}");
        return;
      }
      var account = account(path.replaceAll("[^0-9]*25.0/act_([0-9]+)/.*", "$1"));
      insights(exchange, path, account);
    }
  }

  private static void insights(HttpExchange exchange, String path, FakeAccount account)
      throws IOException {
    var headers = exchange.getRequestHeaders();
    var call =
        new Call(
            headers.getFirst("X-Connection-Id"),
            headers.getFirst("X-Tokenwarden-Priority"),
            query(exchange.getRequestURI().getRawQuery()));
    account.calls.add(call);
    await(account.gate);
    exchange
        .getResponseHeaders()
        .add("X-Tokenwarden-Generation", Long.toString(account.generation));
    var refusal =
        account.dead ? new Refusal(400, "TOKEN_INVALIDATED", null) : account.refusals.poll();
    if (refusal != null) {
      refuse(exchange, refusal);
    } else {
      send(exchange, 200, JSON.writeValueAsString(page(path, account, call)));
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    exchange.getResponseHeaders().add("X-Tokenwarden-Category", refusal.category());
    if (refusal.retryAfter() != null) {
      exchange.getResponseHeaders().add("X-Tokenwarden-Retry-After", refusal.retryAfter());
    }
    send(exchange, refusal.status(), "{\"error\":{\"code\":190,\"message\":\"no\"}}");
  }

  /// `after` is `<row>` or, for the empty page before it, `<row>!`.
  private static Map<String, Object> page(String path, FakeAccount account, Call call) {
    var rows = rows(path, account, call);
    var after = call.query().getOrDefault("after", "0");
    if (after.endsWith("!")) {
      return withNext(List.of(), path, call, after.replace("!", ""));
    }
    int from = Integer.parseInt(after);
    int to = Math.min(rows.size(), from + PAGE);
    return to == rows.size()
        ? Map.of("data", rows.subList(from, to))
        : withNext(rows.subList(from, to), path, call, to + "!");
  }

  private static Map<String, Object> withNext(
      List<Map<String, Object>> rows, String path, Call call, String after) {
    var query = new LinkedHashMap<>(call.query());
    query.put("after", after);
    var text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return Map.of(
        "data", rows, "paging", Map.of("next", "http://gateway.invalid" + path + "?" + text));
  }

  private static List<Map<String, Object>> rows(String path, FakeAccount account, Call call) {
    var since = LocalDate.parse(call.since());
    var until = LocalDate.parse(call.timeRange().path("until").asText());
    var id = path.replaceAll(".*act_([0-9]+).*", "$1");
    return since
        .datesUntil(until.plusDays(1))
        .filter(day -> !account.quiet.contains(day))
        .flatMap(day -> entities(call.level(), id, account).map(row(call.level(), day)))
        .toList();
  }

  /// Entity id → spend.
  private static java.util.stream.Stream<Map.Entry<String, String>> entities(
      String level, String account, FakeAccount fake) {
    return level.equals("account")
        ? java.util.stream.Stream.of(Map.entry(account, twice(fake.spend)))
        : java.util.stream.Stream.of(
            Map.entry(account + "01", fake.spend), Map.entry(account + "02", fake.spend));
  }

  private static String twice(String spend) {
    return new java.math.BigDecimal(spend).multiply(java.math.BigDecimal.TWO).toPlainString();
  }

  private static Function<Map.Entry<String, String>, Map<String, Object>> row(
      String level, LocalDate day) {
    return entity -> {
      var row = new LinkedHashMap<String, Object>();
      row.put(level + "_id", entity.getKey());
      row.put(level + "_name", "Näme \"" + entity.getKey() + "\"");
      row.put("spend", entity.getValue());
      row.put("impressions", "1000");
      row.put("clicks", "17");
      row.put("reach", "900");
      row.put("date_start", day.toString());
      row.put("date_stop", day.toString());
      return row;
    };
  }

  private static Map<String, String> query(String raw) {
    var query = new LinkedHashMap<String, String>();
    new ArrayList<>(Arrays.asList(raw.split("&", -1)))
        .forEach(pair -> {
          var parts = pair.split("=", 2);
          query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        });
    return query;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
