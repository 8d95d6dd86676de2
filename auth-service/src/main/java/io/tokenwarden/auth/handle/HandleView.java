package io.tokenwarden.auth.handle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A handle as people see it.
///
/// @param handle the key itself, in the answer to minting and nowhere else
/// @param assets the only assets it reaches; null if it reaches what the connection reaches
/// @param revokedAt null while it is not revoked
record HandleView(
    UUID id,
    @JsonInclude(JsonInclude.Include.NON_NULL) String handle,
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    Access access,
    List<String> assets,
    Instant expiresAt,
    String createdBy,
    Instant createdAt,
    Instant revokedAt) {

  static HandleView of(Handle handle) {
    return of(handle, null);
  }

  /// The only answer with the key.
  static HandleView minted(Handle handle, HandleSecret secret) {
    return of(handle, secret.value());
  }

  private static HandleView of(Handle handle, String secret) {
    return new HandleView(
        handle.id(),
        secret,
        handle.connectionId(),
        handle.workspace(),
        handle.access(),
        handle.assets().orElse(null),
        handle.expiresAt(),
        handle.createdBy(),
        handle.createdAt(),
        handle.revokedAt().orElse(null));
  }

  @Override
  public String toString() {
    return "HandleView[" + id + ", ****]";
  }
}
