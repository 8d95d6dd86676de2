package io.tokenwarden.sync;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.specification.RequestSpecification;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.AssetEvent.AssetHealth;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.QuotaEvent.GraphThrottled;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TopicWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// A workspace of its own for one test, with what auth-service says about it, what this service
/// answers, and what it announces.
final class Stage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random RANDOM = new Random();

  final WorkspaceId workspace = WorkspaceId.of("ws-" + UUID.randomUUID());
  final ConnectionId connection = new ConnectionId(UUID.randomUUID());
  final AdAccountId account = new AdAccountId(Long.toString(RANDOM.nextLong(1_000_000, 1L << 50)));

  void isActive(long generation, long revision) {
    announce(States.active(workspace, connection, generation, revision));
  }

  void isExpired(long generation, long revision) {
    announce(States.expired(workspace, connection, generation, revision));
  }

  void announce(ConnectionState state) {
    write(new TokenHealth(state));
  }

  void metaServesTheAppAgain(long revision) {
    var app = States.active(workspace, connection, 1, 1).appId();
    var error = new GraphErrorInfo(200, null, "OAuthException", 400, "trace");
    write(new AppRestored(AppEvent.OPERATORS, app, revision, Instant.now(), error));
  }

  /// @param scope with `%s` for the app
  void quotaIsUsedUp(String scope, Instant holdUntil) {
    var app = States.active(workspace, connection, 1, 1).appId();
    write(
        new GraphThrottled(workspace, scope.formatted(app), holdUntil, 100.0, null, Instant.now()));
  }

  void hasTheAccount(long revision) {
    announce(States.adAccount(workspace, connection, account, revision));
  }

  void announce(AssetState state) {
    write(new AssetHealth(state));
  }

  private static void write(Event event) {
    var meta = EventMeta.now(event.topic().producer(), Clock.systemUTC(), Optional.empty());
    var record = EventCodec.encode(meta, event);
    try (var topics = TopicWriter.shared()) {
      topics.write(record.topic(), record.key(), record.value(), record.headers());
    }
  }

  /// What was announced about the account on a topic, in order.
  List<JsonNode> announced(String topic) {
    return TopicReader.shared().all(topic, workspace + "/" + account).stream()
        .map(record -> tree(record.text()))
        .toList();
  }

  JsonNode schedule() {
    return get("/sync/schedules/" + account);
  }

  JsonNode coverage(String level) {
    return get("/sync/coverage/" + account + "?level=" + level);
  }

  JsonNode insights(String level, String more) {
    return get("/sync/insights/" + account + "?level=" + level + more);
  }

  JsonNode force(int status) {
    var text =
        as("operator")
            .post("/sync/schedules/" + account + "/force?workspace=" + workspace)
            .then()
            .statusCode(status)
            .extract()
            .asString();
    return tree(text);
  }

  void post(String action) {
    as("operator")
        .post("/sync/schedules/" + account + "/" + action + "?workspace=" + workspace)
        .then()
        .statusCode(200);
  }

  RequestSpecification as(String role) {
    return given()
        .auth()
        .oauth2(
            SharedParts.bearers().of("me", List.of(role), List.of("another", workspace.value())));
  }

  private JsonNode get(String path) {
    var address = path + (path.contains("?") ? "&" : "?") + "workspace=" + workspace;
    var response = as("viewer").get(address);
    return response.statusCode() == 404
        ? JSON.missingNode()
        : tree(response.then().statusCode(200).extract().asString());
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
