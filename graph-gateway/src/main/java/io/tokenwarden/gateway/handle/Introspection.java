package io.tokenwarden.gateway.handle;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.handle.HandleAnswer.Granted;
import io.tokenwarden.gateway.handle.HandleAnswer.Worthless;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What auth-service says of a key.
///
/// @param handleId also of a handle that opens nothing any more; missing if there never was one
/// @param access `read` or `write`
/// @param assets missing if the handle reaches what the connection reaches
record Introspection(
    boolean active,
    UUID handleId,
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    String access,
    List<String> assets,
    Instant expiresAt) {

  HandleAnswer answer() {
    return active
        ? new Granted(
            new HandleGrant(
                handleId,
                connectionId,
                workspaceId,
                "write".equals(access),
                Optional.ofNullable(assets).map(Set::copyOf),
                expiresAt))
        : new Worthless(handleId);
  }
}
