package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.EncodedEvent;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import io.tokenwarden.gateway.connection.Connections;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSecretProof;
import io.tokenwarden.testsupport.MutableClock;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TopicWriter;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A running gateway between a caller and stand-ins for Meta and auth-service, with a real
/// database, broker and issuer. Every test has a connection of its own.
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "graph-gateway"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakePlaces.class)
abstract class GatewayTest {

  static final ObjectMapper JSON = new ObjectMapper();
  static final String AUDIT = "/auth/internal/audit";
  static final String OK = "{\"data\":[{\"spend\":\"1.00\"}]}";
  static final String EXPIRED =
      "{\"error\":{\"message\":\"Error validating access token: Session has expired\",\"type\":\"OAuthException\",\"code\":190,\"error_subcode\":463,\"fbtrace_id\":\"Atrace\"}}";
  final String app = Long.toString(ThreadLocalRandom.current().nextLong(1L << 50));

  @Inject MutableClock clock;
  @Inject Connections connections;
  @Inject DataSource database;

  @ConfigProperty(name = "meta.graph-url")
  URI metaUrl;

  @ConfigProperty(name = "quarkus.rest-client.auth-service.url")
  URI authUrl;

  @TestHTTPResource("/")
  URI gateway;

  final ConnectionId connection = new ConnectionId(UUID.randomUUID());
  final HttpClient http = HttpClient.newHttpClient();
  final TopicWriter topics = TopicWriter.shared();
  final Map<String, Reply> leases = new ConcurrentHashMap<>();
  final Map<String, Reply> handles = new ConcurrentHashMap<>();

  /// What auth-service says the app is pinned to.
  String pin;

  final AtomicInteger leasesGiven = new AtomicInteger();

  FakeServer meta;
  FakeServer auth;
  String bearer;

  @BeforeEach
  void putUpTheStandIns() {
    meta = new FakeServer(metaUrl);
    auth = new FakeServer(authUrl);
    auth.answers(call ->
        switch (call.path()) {
          case "/auth/internal/handles/introspect" -> introspected(call);
          case AUDIT -> Reply.json(204, "");
          default -> leased(call);
        });
    bearer = SharedParts.bearers().ofService("sync-worker");
  }

  private Reply leased(Call call) {
    leasesGiven.incrementAndGet();
    String id = call.path().substring(call.path().lastIndexOf('/') + 1);
    return leases.getOrDefault(id, Reply.json(404, "{\"code\":\"NOT_FOUND\"}"));
  }

  private Reply introspected(Call call) {
    return handles.entrySet().stream()
        .filter(known -> call.body().contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> Reply.json(200, "{\"active\":false}"));
  }

  @AfterEach
  void takeThemDown() {
    meta.close();
    auth.close();
    topics.close();
    http.close();
  }

  // ---- given

  /// The connection lives, at this generation and revision, and the gateway knows.
  void connected(long generation, long revision) {
    leased(generation, revision);
    healthy(generation, revision);
  }

  void leased(long generation, long revision) {
    leases.put(
        connection.toString(),
        Reply.json(
            200,
            """
            {"connectionId":"%s","workspaceId":"demo","appId":"%s","metaUserId":"77","tokenType":"USER","generation":%d,"revision":%d,"accessToken":"%s","appsecretProof":"%s","graphVersion":%s,"expiresAt":"%s"}
            """
                .formatted(
                    connection,
                    app,
                    generation,
                    revision,
                    token(generation),
                    proof(generation),
                    pin == null ? null : "\"" + pin + "\"",
                    clock.instant().plusSeconds(60))));
  }

  void healthy(long generation, long revision) {
    announced(generation, revision, TokenStatus.ACTIVE);
  }

  void announced(long generation, long revision, TokenStatus status, Condition... conditions) {
    publish(state(generation, revision, status, conditions));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(connections.find(connection))
                .hasValueSatisfying(known -> assertThat(known.revision()).isEqualTo(revision)));
  }

  void publish(ConnectionState state) {
    publish(new TokenHealth(state));
  }

  void publish(Event event) {
    EncodedEvent record =
        EventCodec.encode(
            EventMeta.now(Service.AUTH_SERVICE, Clock.systemUTC(), Optional.empty()), event);
    topics.write(record.topic(), record.key(), record.value(), record.headers());
  }

  ConnectionState state(
      long generation, long revision, TokenStatus status, Condition... conditions) {
    return new ConnectionState(
        WorkspaceId.of("demo"),
        connection,
        generation,
        revision,
        app,
        "77",
        TokenType.USER,
        Instant.now(),
        Health.of(
            status,
            Lifecycle.CONNECTED,
            List.of(conditions),
            Map.of(),
            null,
            null,
            List.of("ads_read"),
            null));
  }

  Condition condition(ConditionKind kind, Reason reason, Remedy remedy) {
    return new Condition(kind, reason, null, connection, remedy, Instant.now(), null);
  }

  String token(long generation) {
    return "token~of/" + connection + "|" + generation;
  }

  String proof(long generation) {
    return AppSecretProof.of(AppSecret.of("app-secret"), AccessToken.of(token(generation)))
        .revealSecret();
  }

  // ---- when

  HttpResponse<String> get(String target, String... headers) {
    return send(bearer, target, withConnection(headers));
  }

  private String[] withConnection(String[] headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "X-Connection-Id";
    all[1] = connection.toString();
    System.arraycopy(headers, 0, all, 2, headers.length);
    return all;
  }

  /// The same call that often at once.
  List<HttpResponse<String>> inParallel(int times, String target) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, times)
          .mapToObj(_ -> CompletableFuture.supplyAsync(() -> get(target), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  HttpResponse<String> send(String bearerToken, String target, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(target)).timeout(Duration.ofSeconds(60)).GET();
    if (bearerToken != null) {
      request.header("Authorization", "Bearer " + bearerToken);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Calling the gateway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  // ---- then

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("Not JSON: " + answer.body(), e);
    }
  }

  List<ReceivedRecord> evidence() {
    return TopicReader.shared().all("token.suspected", connection.toString());
  }

  /// What auth-service was asked. It is also told, of tests before this one too.
  List<Call> questionsToAuthService() {
    return auth.calls().stream().filter(call -> !call.path().equals(AUDIT)).toList();
  }

  /// Evidence about the token is written before the answer, in one transaction with the doubt.
  void noDoubtComes() {
    assertThat(doubts()).isZero();
  }

  private long doubts() {
    try (Connection sql = database.getConnection();
        PreparedStatement count =
            sql.prepareStatement("select count(*) from doubt where connection_id = ?")) {
      count.setObject(1, connection.value());
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Counting doubts", e);
    }
  }
}
