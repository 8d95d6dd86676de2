package io.tokenwarden.stack.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tokenwarden.embedded.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeIT {

  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch firstEventRead = new CountDownLatch(1);
  private final int port = Ports.free();
  private HttpServer auth;
  private HttpServer console;
  private Edge edge;

  @BeforeEach
  void start() throws IOException {
    auth = server("auth");
    console = server("console");
    int nobody = Ports.free();
    edge =
        Edge.start(
            port,
            new Routes(
                auth.getAddress().getPort(),
                nobody,
                nobody,
                console.getAddress().getPort(),
                nobody));
  }

  @AfterEach
  void stop() {
    edge.close();
    auth.stop(0);
    console.stop(0);
    http.close();
  }

  @Test
  void sendsEachPathToTheServiceThatClaimsIt() throws Exception {
    assertThat(get("/auth/connections?workspace=demo").body())
        .startsWith("auth /auth/connections?workspace=demo");
    assertThat(get("/authentic").body()).startsWith("console");
    assertThat(get("/").body()).startsWith("console");
    assertThat(get("/notify/notifications").body()).startsWith("console");
  }

  @Test
  void passesCookiesBothWays() throws Exception {
    // when
    var answer =
        http.send(
            HttpRequest.newBuilder(at("/auth/x")).header("Cookie", "a=1").build(),
            BodyHandlers.ofString());

    // then
    assertThat(answer.body()).contains("cookie=a=1");
    assertThat(answer.headers().allValues("set-cookie")).containsExactly("s=1; HttpOnly", "t=2");
  }

  @Test
  void passesBodiesOn() throws Exception {
    // when
    var answer =
        http.send(
            HttpRequest.newBuilder(at("/auth/echo")).POST(BodyPublishers.ofString("hello")).build(),
            BodyHandlers.ofString());

    // then
    assertThat(answer.body()).isEqualTo("hello");
  }

  @Test
  void letsNobodyMakeUpAnAddress() throws Exception {
    // when
    var answer =
        raw(
            """
            GET /auth/x HTTP/1.1\r
            Host: evil.example\r
            X-Forwarded-Host: evil.example\r
            X-Forwarded-Proto: https\r
            Forwarded: host=evil.example\r
            Connection: close\r
            \r
            """);

    // then
    assertThat(answer).contains("host=localhost:" + port).doesNotContain("evil");
  }

  @Test
  void passesEventsOnAsTheyCome() throws Exception {
    // when
    var answer =
        http.send(
            HttpRequest.newBuilder(at("/notify/stream")).build(), BodyHandlers.ofInputStream());

    // then
    try (var events =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(events.readLine()).isEqualTo("data: one");
      firstEventRead.countDown();
      assertThat(events.readLine()).isEmpty();
      assertThat(events.readLine()).isEqualTo("data: two");
    }
  }

  @Test
  void saysSoWhenAServiceDoesNotAnswer() throws Exception {
    assertThat(get("/sync/schedules").statusCode()).isEqualTo(502);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private HttpServer server(String name) throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          var body =
              "%s %s\nhost=%s\ncookie=%s\nforwarded=%s %s"
                  .formatted(
                      name,
                      exchange.getRequestURI(),
                      headers.getFirst("Host"),
                      headers.getFirst("Cookie"),
                      headers.getFirst("X-Forwarded-Host"),
                      headers.getFirst("Forwarded"))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Set-Cookie", "s=1; HttpOnly");
          exchange.getResponseHeaders().add("Set-Cookie", "t=2");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.createContext(
        "/auth/echo",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/notify/stream",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            event(out, "one");
            awaitFirstEventRead();
            event(out, "two");
          }
        });
    server.start();
    return server;
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// The second event is sent only after the first came through.
  private void awaitFirstEventRead() {
    try {
      firstEventRead.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
