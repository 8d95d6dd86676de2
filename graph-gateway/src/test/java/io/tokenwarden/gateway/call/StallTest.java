package io.tokenwarden.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.GatewayConfig;
import io.tokenwarden.gateway.MetaConfig;
import io.tokenwarden.gateway.UpstreamConfig;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.MetaAnswer.Crowded;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.Verb;
import io.tokenwarden.graph.AccessToken;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way out between real sockets, of which one side stops.
class StallTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String BEGINS =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{\"data\":\"";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Speech speech = _ -> {};

  private ServerSocket upstream;
  private HttpServer gateway;

  /// What Meta says to whoever has asked.
  private interface Speech {
    void say(OutputStream out) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    upstream = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    upstream.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void endsBothSidesWhenMetaFallsSilentInTheMiddleOfAnAnswer() throws IOException {
    // given
    speech = out -> out.write(bytes(BEGINS + "x".repeat(200_000)));
    gatewayWith(SILENCE, LONG);

    try (Socket caller = caller()) {
      // when
      String answer = untilItEnds(caller.getInputStream());

      // then
      assertThat(answer).startsWith("HTTP/1.1 200 OK");
      assertThat(answer.chars().filter(c -> c == 'x').count()).isGreaterThan(199_000);
      await().atMost(SOON).until(connections::isEmpty);
      assertThat(stalls("meta")).isEqualTo(1);
      assertThat(stalls("caller")).isZero();
    }
  }

  @Test
  void endsBothSidesWhenTheCallerTakesNothing() throws IOException {
    // given
    byte[] piece = bytes("x".repeat(100_000));
    speech =
        out -> {
          out.write(bytes(BEGINS));
          for (int i = 0; i < 9000; i++) {
            out.write(piece);
          }
        };
    gatewayWith(LONG, SILENCE);

    // when
    try (Socket caller = caller()) {
      await().atMost(SOON).until(() -> stalls("caller") == 1);

      // then
      await().atMost(SOON).until(connections::isEmpty);
      assertThat(untilItEnds(caller.getInputStream()).length()).isLessThan(900_000_000);
      assertThat(stalls("meta")).isZero();
    }
  }

  @Test
  void tellsMetaToStopWhenTheCallerHasGone() throws IOException {
    // given
    byte[] piece = bytes("x".repeat(100_000));
    speech =
        out -> {
          out.write(bytes(BEGINS));
          for (int i = 0; i < 9000; i++) {
            out.write(piece);
          }
        };
    gatewayWith(LONG, LONG);

    // when
    try (Socket caller = caller()) {
      assertThat(caller.getInputStream().read()).isEqualTo('H');
    }

    // then
    await().atMost(SOON).until(connections::isEmpty);
    assertThat(stalls("caller") + stalls("meta")).isZero();
  }

  /// Whoever finds the queue full is told so at once; whoever waits is told at its deadline; and
  /// afterwards every connection can be used again.
  @Test
  void letsNoMoreCallsWaitThanItCanBear() {
    // given
    Meta meta = meta(64, 2000, LONG);

    // when
    List<Future<MetaAnswer>> answers =
        IntStream.range(0, 5000).mapToObj(_ -> ask(meta, Duration.ofSeconds(2))).toList();

    // then
    await().atMost(SOON).until(() -> answers.stream().allMatch(Future::isComplete));
    long crowded = answers.stream().map(Future::result).filter(Crowded.class::isInstance).count();
    assertThat(answers).extracting(Future::result).allMatch(it -> !(it instanceof Answered));
    assertThat(crowded).isBetween(5000L - 2000 - 64, 5000L - 2000);
    assertThat(metrics.counter("tokenwarden.gateway.crowded").count()).isEqualTo((double) crowded);

    // and
    speech = out -> out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
    List<Future<MetaAnswer>> later = IntStream.range(0, 64).mapToObj(_ -> ask(meta, LONG)).toList();
    await().atMost(SOON).until(() -> later.stream().allMatch(Future::isComplete));
    assertThat(later).extracting(Future::result).allMatch(Answered.class::isInstance);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(connections.size()).isLessThanOrEqualTo(64));
  }

  // ---- Meta

  private void accept() {
    while (!upstream.isClosed()) {
      try {
        Socket socket = upstream.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // closed: the test is over
      }
    }
  }

  /// Until the other side has gone.
  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      while (readHead(in)) {
        speech.say(socket.getOutputStream());
      }
    } catch (IOException _) {
      // reset, which is an end too
    } finally {
      connections.remove(socket);
    }
  }

  private static boolean readHead(InputStream in) throws IOException {
    int newlines = 0;
    for (int b; newlines < 2 && (b = in.read()) >= 0; ) {
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
    return newlines == 2;
  }

  // ---- the gateway

  private void gatewayWith(Duration metaMaySay, Duration callerMayTake) {
    Meta meta = meta(10, 10, metaMaySay);
    Answers answers =
        new Answers(
            new GatewayConfig() {
              @Override
              public URI url() {
                return URI.create("https://graph.gateway.test");
              }
            },
            new Stalls(vertx, upstream(10, 10, metaMaySay), () -> callerMayTake, metrics));
    gateway =
        vertx
            .createHttpServer()
            .requestHandler(caller ->
                meta.send(request(), caller.headers(), lease(), LONG, false)
                    .onSuccess(answer ->
                        answers.deliver(
                            caller,
                            (Answered) answer,
                            Optional.empty(),
                            Optional.empty(),
                            lease(),
                            Optional.empty())))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private Future<MetaAnswer> ask(Meta meta, Duration patience) {
    return meta.send(request(), MultiMap.caseInsensitiveMultiMap(), lease(), patience, false);
  }

  private Meta meta(int connections, int queue, Duration silence) {
    return new Meta(
        vertx,
        new MetaConfig() {
          @Override
          public URI graphUrl() {
            return URI.create("http://127.0.0.1:" + upstream.getLocalPort());
          }

          @Override
          public Optional<URI> graphVideoUrl() {
            return Optional.empty();
          }

          @Override
          public String graphVersion() {
            return "v25.0";
          }
        },
        upstream(connections, queue, silence),
        metrics);
  }

  private static UpstreamConfig upstream(int connections, int queue, Duration silence) {
    return new UpstreamConfig() {
      @Override
      public int connections() {
        return connections;
      }

      @Override
      public int queue() {
        return queue;
      }

      @Override
      public Duration silence() {
        return silence;
      }
    };
  }

  private static GraphRequest request() {
    return new GraphRequest(Verb.GET, "v25.0", List.of("me"), List.of());
  }

  private static CredentialLease lease() {
    return new CredentialLease(
        new ConnectionId(UUID.randomUUID()),
        WorkspaceId.of("demo"),
        "1",
        "2",
        TokenType.USER,
        1,
        1,
        AccessToken.of("token-" + UUID.randomUUID()),
        null,
        null,
        Instant.MAX);
  }

  // ---- the caller

  /// Takes little at a time, and has asked.
  private Socket caller() throws IOException {
    Socket caller = new Socket();
    caller.setReceiveBufferSize(8 * 1024);
    caller.setSoTimeout((int) SOON.toMillis());
    caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.actualPort()));
    caller.getOutputStream().write(bytes("GET /v25.0/me HTTP/1.1\r\nHost: x\r\n\r\n"));
    return caller;
  }

  private static String untilItEnds(InputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] some = new byte[64 * 1024];
    try {
      for (int read; (read = in.read(some)) >= 0; ) {
        all.append(new String(some, 0, read, StandardCharsets.US_ASCII));
      }
    } catch (SocketException _) {
      // reset, which is an end too
    }
    return all.toString();
  }

  private double stalls(String side) {
    return metrics.counter("tokenwarden.gateway.stalls", "side", side).count();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
