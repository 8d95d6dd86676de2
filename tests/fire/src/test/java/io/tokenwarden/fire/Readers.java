package io.tokenwarden.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Asks for leases at a steady rate, as graph-gateway does, and compares what comes with what was
/// stored.
final class Readers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Whoever calls has so many connections and no more; if all are waiting, a turn is left out.
  private static final int AT_ONCE = 64;

  private final Fleet fleet;
  private final List<Map.Entry<String, String>> kept;
  private final String bearer;
  private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  private Readers(Fleet fleet, Map<String, String> kept) {
    this.fleet = fleet;
    this.kept = List.copyOf(kept.entrySet());
    this.bearer = fleet.bearers().ofService("graph-gateway");
  }

  /// @param kept tokens by connection
  static Readers of(Fleet fleet, Map<String, String> kept, int perSecond) {
    var readers = new Readers(fleet, kept);
    var pause = TimeUnit.SECONDS.toMicros(1) / perSecond;
    readers.clock.scheduleAtFixedRate(readers::read, 0, pause, TimeUnit.MICROSECONDS);
    return readers;
  }

  static HttpRequest request(Fleet fleet, String connection) {
    return request(fleet, connection, fleet.bearers().ofService("graph-gateway"));
  }

  private static HttpRequest request(Fleet fleet, String connection, String bearer) {
    var address = fleet.service("auth-service").resolve("/auth/internal/credentials/" + connection);
    return HttpRequest.newBuilder(address)
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + bearer)
        .build();
  }

  private void read() {
    if (!free.tryAcquire()) {
      return;
    }
    var next = kept.get((int) (asked.getAndIncrement() % kept.size()));
    http.sendAsync(request(fleet, next.getKey(), bearer), BodyHandlers.ofString())
        .whenComplete((answer, failure) -> note(next.getValue(), answer, failure));
  }

  private void note(String token, HttpResponse<String> answer, Throwable failure) {
    free.release();
    answered.incrementAndGet();
    if (failure != null) {
      failures.add(failure.toString());
    } else if (answer.statusCode() != 200) {
      failures.add("HTTP " + answer.statusCode() + " " + answer.body());
    } else if (!token(answer).equals(token)) {
      failures.add("another token");
    }
  }

  /// What was lent.
  static String token(HttpResponse<String> lease) {
    try {
      return JSON.readTree(lease.body()).path("accessToken").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long answered() {
    return answered.get();
  }

  /// What went wrong so far; no token.
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    http.close();
  }
}
