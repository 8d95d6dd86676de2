package io.tokenwarden.fire;

import static io.tokenwarden.contracts.Service.AUTH_SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.stack.VaultKeyset;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.HeldLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator's key and all data keys are changed while credentials are read, and while
/// auth-service is killed.
@ExtendWith(KeepsTheLogs.class)
class KeyRotationIT {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final int READS_PER_SECOND = LONG ? 200 : 50;
  private static final int ROTATIONS = LONG ? 5 : 3;
  private static final int WORKSPACES = LONG ? 40 : 6;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fleet fleet = Fleet.shared();
  private final Client client = new Client(fleet);

  @AfterEach
  void heal() {
    fleet.heal();
  }

  @Test
  void nobodyWhoReadsCredentialsNoticesARotation() {
    // given
    var kept = kept();
    var begun = System.nanoTime();
    try (var readers = Readers.of(fleet, kept, READS_PER_SECOND)) {

      // when
      for (int i = 0; i < ROTATIONS; i++) {
        addPrimary();
        var before = readers.answered();
        rotate();
        var keys = finished();
        assertThat(keys.at("/rotation/done").asLong())
            .isEqualTo(keys.at("/rotation/total").asLong())
            .isGreaterThanOrEqualTo(WORKSPACES);
        await().atMost(SOON).until(() -> readers.answered() > before + READS_PER_SECOND);
      }

      // then
      assertThat(readers.failures()).isEmpty();
      assertThat(wrappedWith()).containsExactly(keys().get("kekId").asText());
      var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      System.out.printf("%d credentials read in %d s%n", readers.answered(), seconds);
    }
  }

  /// Held up in the middle by a lock, as the database shows, and killed there.
  @Test
  void aRotationGoesOnWhenWhoDidItWasKilled() {
    // given
    var kept = kept();
    addPrimary();
    var auth = fleet.replica(AUTH_SERVICE);
    var last = workspaces(kept).getLast();
    try (var lock =
        HeldLock.by(
            fleet.database(),
            "select 1 from auth.workspace_key where workspace_id = ? for update",
            last)) {
      rotate();
      lock.awaitWaiter(auth, "workspace_key");
      var progress = keys().get("rotation");
      assertThat(progress.get("done").asLong())
          .isPositive()
          .isLessThan(progress.get("total").asLong());
      assertThat(progress.get("finishedAt").isNull()).isTrue();

      // when
      auth.kill();
    }
    fleet.heal();

    // then
    var rotation = finished().get("rotation");
    assertThat(rotation.get("done")).isEqualTo(rotation.get("total"));
    assertThat(wrappedWith()).containsExactly(keys().get("kekId").asText());
    assertThat(keysOfTokens(last)).isEqualTo(1);
    kept.forEach((connection, token) -> {
      var lease = client.send(Readers.request(fleet, connection));
      assertThat(Readers.token(lease)).as("token of %s", connection).isEqualTo(token);
    });
  }

  /// One token in each of several workspaces, by the id of its connection.
  private Map<String, String> kept() {
    var person = fleet.twin().person("Kept", 0, 0);
    var token = fleet.twin().longLivedToken(person, "ads_read", "public_profile");
    var run = UUID.randomUUID().toString().substring(0, 8);
    var kept = new HashMap<String, String>();
    for (int i = 0; i < WORKSPACES; i++) {
      var order =
          JSON.createObjectNode()
              .put("workspaceId", "rotation-%s-%02d".formatted(run, i))
              .put("accessToken", token.value());
      var connection = json(send("POST", "/auth/connections", order.toString()));
      kept.put(connection.get("connectionId").asText(), token.value());
    }
    return kept;
  }

  private List<String> workspaces(Map<String, String> kept) {
    var workspaces = new ArrayList<String>();
    for (var connection : kept.keySet()) {
      fleet
          .database()
          .rows(
              "select workspace_id from auth.connection where id = ?", UUID.fromString(connection))
          .forEach(row -> workspaces.add(row.get("workspace_id").toString()));
    }
    return workspaces.stream().sorted().toList();
  }

  private void addPrimary() {
    new VaultKeyset(fleet.folder().resolve("keyset.json")).addPrimary();
  }

  private void rotate() {
    var started = send("POST", "/auth/keys/rotate", "{\"dataKeys\": true}");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
  }

  private JsonNode keys() {
    return json(send("GET", "/auth/keys", ""));
  }

  /// However long it takes, as long as it gets on.
  private JsonNode finished() {
    var keys = keys();
    while (!isFinished(keys)) {
      var before = done(keys);
      keys =
          await()
              .atMost(SOON)
              .until(this::keys, current -> isFinished(current) || done(current) > before);
    }
    return keys;
  }

  private static boolean isFinished(JsonNode keys) {
    return !keys.at("/rotation/finishedAt").isNull();
  }

  private static long done(JsonNode keys) {
    return keys.at("/rotation/done").asLong();
  }

  private List<String> wrappedWith() {
    return fleet.database().rows("select distinct kek_id from auth.workspace_key").stream()
        .map(row -> String.valueOf(row.get("kek_id")))
        .toList();
  }

  private long keysOfTokens(String workspace) {
    return fleet
        .database()
        .count(
            """
            select count(distinct auth.sealed_key_id(sealed))
            from auth.access_token join auth.connection on id = connection_id
            where workspace_id = ?
            """,
            workspace);
  }

  private HttpResponse<String> send(String method, String path, String body) {
    var bearer = fleet.bearers().of("sec", List.of("operator", "security-admin"), List.of("*"));
    return client.send(
        HttpRequest.newBuilder(fleet.service("auth-service").resolve(path))
            .timeout(SOON)
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
