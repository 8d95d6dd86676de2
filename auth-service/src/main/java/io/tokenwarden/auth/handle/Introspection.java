package io.tokenwarden.auth.handle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What graph-gateway is told about a key that was presented. Of a key that opens nothing it learns
/// only that, and which handle it was, for the audit log.
///
/// @param assets the only assets it reaches; missing if it reaches what the connection reaches
@JsonInclude(JsonInclude.Include.NON_NULL)
record Introspection(
    boolean active,
    UUID handleId,
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    Access access,
    List<String> assets,
    Instant expiresAt) {
  static final Introspection INACTIVE =
      new Introspection(false, null, null, null, null, null, null);

  /// Of a handle that was good once.
  static Introspection over(Handle handle) {
    return new Introspection(false, handle.id(), null, null, null, null, null);
  }

  static Introspection of(Handle handle) {
    return new Introspection(
        true,
        handle.id(),
        handle.connectionId(),
        handle.workspace(),
        handle.access(),
        handle.assets().orElse(null),
        handle.expiresAt());
  }
}
