package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/// What auth-service announces about the opaque keys that stand for a connection. None carries the
/// key itself.
public sealed interface HandleEvent extends Event {

  /// Nobody is to be let in with this handle any more. It never comes back.
  record HandleRevoked(
      WorkspaceId workspaceId, UUID handleId, ConnectionId connectionId, Instant occurredAt)
      implements HandleEvent {
    public HandleRevoked {
      requireNonNull(workspaceId, "workspaceId");
      requireNonNull(handleId, "handleId");
      requireNonNull(connectionId, "connectionId");
      requireNonNull(occurredAt, "occurredAt");
    }

    @Override
    public Topic topic() {
      return Topic.HANDLE_REVOKED;
    }

    @Override
    public String key() {
      return handleId.toString();
    }

    /// A handle outlives the token it stands for.
    @Override
    public OptionalLong generationHeader() {
      return OptionalLong.empty();
    }

    /// It is revoked once, so there is nothing to put in order.
    @Override
    public OptionalLong revisionHeader() {
      return OptionalLong.empty();
    }
  }
}
