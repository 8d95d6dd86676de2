package io.tokenwarden.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A real HTTP server that answers as it is told and remembers what it was asked.
final class FakeServer implements AutoCloseable {

  /// @param query as it was sent; empty if there was none
  record Call(
      String method, String path, String query, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /// @param delay before anything is said
  /// @param cutOff bytes after which the connection breaks; negative for never
  record Reply(int status, String body, Map<String, String> headers, Duration delay, int cutOff) {

    static Reply json(int status, String body) {
      return new Reply(status, body, Map.of("Content-Type", "application/json"), Duration.ZERO, -1);
    }

    Reply with(String name, String value) {
      return new Reply(
          status, body, Map.of("Content-Type", "application/json", name, value), delay, cutOff);
    }

    /// One more.
    Reply and(String name, String value) {
      Map<String, String> all = new HashMap<>(headers);
      all.put(name, value);
      return new Reply(status, body, all, delay, cutOff);
    }

    Reply after(Duration pause) {
      return new Reply(status, body, headers, pause, cutOff);
    }

    Reply cutOffAfter(int bytes) {
      return new Reply(status, body, headers, delay, bytes);
    }
  }

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Function<Call, Reply> answers = _ -> Reply.json(200, "{\"data\":[]}");

  FakeServer(URI address) {
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 200);
    } catch (IOException e) {
      throw new UncheckedIOException("Starting a stand-in at " + address, e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  void answers(Function<Call, Reply> script) {
    answers = script;
  }

  /// How it answers now.
  Function<Call, Reply> script() {
    return answers;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    Call call =
        new Call(
            exchange.getRequestMethod(),
            uri.getRawPath(),
            query,
            Map.copyOf(exchange.getRequestHeaders()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    Reply reply = answers.apply(call);
    pause(reply.delay());
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body, 0, reply.cutOff() < 0 ? body.length : reply.cutOff());
    } finally {
      exchange.close();
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
