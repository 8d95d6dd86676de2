package io.tokenwarden.refresher;

import io.tokenwarden.contracts.ConnectionEvent.TokenConnected;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventCodec;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.TopicWriter;
import java.time.Clock;
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

  private static ConnectionState state(
      ConnectionId connection, long generation, long revision, TokenStatus status) {
    return new ConnectionState(
        WorkspaceId.of("demo"),
        connection,
        generation,
        revision,
        "4711",
        "1000001",
        TokenType.USER,
        Instant.parse("2026-11-21T08:00:00Z"),
        Health.of(status, Lifecycle.CONNECTED, List.of(), Map.of(), null, null, List.of(), null));
  }

  private static void write(Event event) {
    var meta = EventMeta.now(Service.AUTH_SERVICE, Clock.systemUTC(), Optional.empty());
    var record = EventCodec.encode(meta, event);
    try (var topics = TopicWriter.shared()) {
      topics.write(record.topic(), record.key(), record.value(), record.headers());
    }
  }
}
