package io.tokenwarden.refresher;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.TopicWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Announces what auth-service would.
final class Facts {
  private Facts() {}

  static void connected(ConnectionId connection, long generation, long revision) {
    write(new TokenConnected(state(connection, generation, revision, TokenStatus.ACTIVE), false));
  }

  static void health(ConnectionId connection, long generation, long revision, TokenStatus status) {
    write(new TokenHealth(state(connection, generation, revision, status)));
  }

  /// A token of this kind that ends then.
  ///
  /// @param end null for never
  static void ending(
      ConnectionId connection, long generation, long revision, TokenType type, Instant end) {
    write(new TokenHealth(state(connection, generation, revision, type, alive(end, List.of()))));
  }

  /// Anything of a workspace.
  static void say(ConnectionState state) {
    write(new TokenHealth(state));
  }

  /// A system user's token that never ends, and is to be rotated by then.
  static void old(ConnectionId connection, long revision, Instant rotation) {
    var condition =
        new Condition(
            ConditionKind.EXPIRING,
            null,
            ExpiryClock.ROTATION_POLICY.name(),
            connection,
            null,
            rotation.minus(Duration.ofDays(14)),
            rotation);
    write(
        new TokenHealth(
            state(
                connection, 1, revision, TokenType.SYSTEM_USER, alive(null, List.of(condition)))));
  }

  private static Health alive(Instant end, List<Condition> conditions) {
    return Health.of(
        TokenStatus.ACTIVE, Lifecycle.CONNECTED, conditions, Map.of(), end, null, List.of(), null);
  }

  private static ConnectionState state(
      ConnectionId connection, long generation, long revision, TokenStatus status) {
    return state(
        connection,
        generation,
        revision,
        TokenType.USER,
        Health.of(status, Lifecycle.CONNECTED, List.of(), Map.of(), null, null, List.of(), null));
  }

  static ConnectionState state(
      ConnectionId connection, long generation, long revision, TokenType type, Health health) {
    return new ConnectionState(
        WorkspaceId.of("demo"),
        connection,
        generation,
        revision,
        "4711",
        "1000001",
        type,
        Instant.parse("2026-11-21T08:00:00Z"),
        health);
  }

  private static void write(Event event) {
    var meta = EventMeta.now(Service.AUTH_SERVICE, Clock.systemUTC(), Optional.empty());
    var record = EventCodec.encode(meta, event);
    try (var topics = TopicWriter.shared()) {
      topics.write(record.topic(), record.key(), record.value(), record.headers());
    }
  }
}
