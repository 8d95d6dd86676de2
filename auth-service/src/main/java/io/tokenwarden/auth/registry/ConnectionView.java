package io.tokenwarden.auth.registry;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;

/// A connection as people and programs see it.
///
/// @param profile what it is connected for, as `GET /auth/scopes` names it: what is missing is
///   missing for this, and a reconnect asks for it again
/// @param tokenStoredAt when it got the token of this generation, by consent or by a refresh
public record ConnectionView(
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    String appId,
    String metaUserId,
    String label,
    TokenType tokenType,
    String profile,
    Instant tokenStoredAt,
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
        connection.profile().profile(),
        connection.storedAt(),
        connection.generation(),
        connection.revision(),
        connection.health(),
        connection.connectedBy(),
        connection.connectedAt());
  }
}
