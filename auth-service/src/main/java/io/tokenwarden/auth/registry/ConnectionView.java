package io.tokenwarden.auth.registry;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;

/// A connection as people and programs see it.
public record ConnectionView(
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    String appId,
    String metaUserId,
    String label,
    TokenType tokenType,
    long generation,
    long revision,
    Health health,
    String connectedBy,
    Instant connectedAt) {
  public static ConnectionView of(Connection connection) {
    return new ConnectionView(
        connection.connectionId(),
        connection.workspace(),
        connection.appId(),
        connection.metaUserId(),
        connection.label(),
        connection.tokenType(),
        connection.generation(),
        connection.revision(),
        connection.health(),
        connection.connectedBy(),
        connection.connectedAt());
  }
}
