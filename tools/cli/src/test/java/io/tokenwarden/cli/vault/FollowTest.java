package io.tokenwarden.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenwarden.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What the command says and ends with, by what auth-service answers.
class FollowTest {
  private static final String HALF = keys(4, 2, 0, false);
  private static final String DONE = keys(4, 4, 0, true);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Deque<String> posts = new ArrayDeque<>();
  private final Deque<String> gets = new ArrayDeque<>();
  private HttpServer server;
  private int statusOfPost = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void followsToTheEndAndPrintsTheOutcomeAlone() {
    // given
    posts.add(HALF);
    gets.add(DONE);

    // when
    var exit = follow(Format.TABLE, Duration.ofMinutes(1));

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(out.toString().lines()).containsExactly("4 of 4 workspaces done");
    assertThat(err.toString().lines())
        .containsExactly("2 of 4 workspaces done", "4 of 4 workspaces done");
  }

  @Test
  void printsJsonForMachines() {
    // given
    posts.add(DONE);

    // when
    var exit = follow(Format.JSON, Duration.ofMinutes(1));

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(out.toString()).startsWith("{").contains("\"total\" : 4");
  }

  @Test
  void followsWhatIsUnderWay() {
    // given
    statusOfPost = 409;
    posts.add("{\"code\":\"ROTATION_UNDER_WAY\"}");
    gets.addAll(List.of(HALF, DONE));

    // when
    var exit = follow(Format.TABLE, Duration.ofMinutes(1));

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(err.toString()).contains("under way already");
  }

  @Test
  void saysWhatStillFailsWhenTheTimeIsOver() {
    // given
    posts.add(keys(4, 3, 1, false));

    // when
    var exit = follow(Format.TABLE, Duration.ofNanos(1));

    // then
    assertThat(exit).isEqualTo(Exit.PARTLY_DONE);
    assertThat(out.toString().lines()).containsExactly("3 of 4 workspaces done, 1 failing");
  }

  @Test
  void saysThatThereIsNothingToDo() {
    // given
    posts.add(keys(0, 0, 0, true));

    // when
    var exit = follow(Format.TABLE, Duration.ofMinutes(1));

    // then
    assertThat(exit).isEqualTo(Exit.NOTHING_TO_DO);
    assertThat(out.toString().lines()).containsExactly("nothing to do");
  }

  @Test
  void saysThatOneMayNot() {
    // given
    statusOfPost = 403;
    posts.add("{}");

    // when
    var exit = follow(Format.TABLE, Duration.ofMinutes(1));

    // then
    assertThat(exit).isEqualTo(Exit.NOT_AUTHORISED);
    assertThat(out.toString()).isEmpty();
  }

  private int follow(Format format, Duration time) {
    var command =
        new CommandLine(new KeysCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    var address = "http://127.0.0.1:" + server.getAddress().getPort();
    try (var service = new AuthService(address, () -> "bearer")) {
      return new Follow(service, command, format, time)
          .toTheEnd(
              "/auth/keys/rotate",
              JsonNodeFactory.instance.objectNode(),
              "/auth/keys",
              RotateCommand::progress);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var isPost = exchange.getRequestMethod().equals("POST");
    var body = (isPost ? posts : gets).remove().getBytes();
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(isPost ? statusOfPost : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String keys(long total, long done, long failing, boolean finished) {
    return """
    {"rotation": {"total": %d, "done": %d, "failing": %d, "finishedAt": %s}}
    """
        .formatted(total, done, failing, finished ? "\"2026-11-22T10:00:00Z\"" : "null");
  }
}
