package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What every connection event carries: which connection, how new, and its complete health.
///
/// @param generation number of the connection's token; fences what comes *in* to the judge
/// @param revision number of the connection's state; orders what goes *out*, see [Revised]
/// @param metaUserId the app-scoped id of the Meta identity
public record ConnectionState(
    WorkspaceId workspaceId,
    ConnectionId connectionId,
    long generation,
    long revision,
    String appId,
    String metaUserId,
    TokenType tokenType,
    Instant occurredAt,
    Health health)
    implements Revised {
  public ConnectionState {
    requireNonNull(workspaceId, "workspaceId");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(appId, "appId");
    requireNonNull(metaUserId, "metaUserId");
    requireNonNull(tokenType, "tokenType");
    requireNonNull(occurredAt, "occurredAt");
    requireNonNull(health, "health");
    Fences.check(generation, revision);
  }
}
