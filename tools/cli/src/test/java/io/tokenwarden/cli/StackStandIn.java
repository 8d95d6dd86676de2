package io.tokenwarden.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A checkout whose stack seems to be up, and what a command says there. Its issuer gives anybody a
/// bearer; its services answer what they are told to.
final class StackStandIn implements AutoCloseable {
  private final HttpServer server;
  private final FileChannel lock;
  private final String realHome;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private record Answer(int status, String body) {}

  StackStandIn(Path home) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", exchange -> send(exchange, 200, "{\"access_token\":\"x\"}"));
    server.createContext("/auth", this::next);
    server.createContext("/refresher", this::next);
    server.start();
    var folder = Files.createDirectories(home.resolve(".tokenwarden"));
    lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
    var address = "http://127.0.0.1:" + server.getAddress().getPort();
    Files.writeString(
        folder.resolve("stack.json"),
        """
        {"issuer": "%1$s", "services": {"auth-service": "%1$s", "token-refresher": "%1$s"}}
        """
            .formatted(address));
    realHome = System.setProperty("tokenwarden.home", home.toString());
  }

  /// What is answered next.
  void answers(int status, String body) {
    answers.add(new Answer(status, body));
  }

  private void next(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    sent.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    var answer = answers.remove();
    send(exchange, answer.status(), answer.body());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// Runs the command.
  ///
  /// @return the exit code
  int run(String... arguments) {
    return Tokenwarden.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /// What was asked, as `GET /path`.
  List<String> asked() {
    return List.copyOf(asked);
  }

  /// The bodies of that.
  List<String> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void close() throws IOException {
    System.setProperty("tokenwarden.home", realHome);
    lock.close();
    server.stop(0);
  }
}
