package io.tokenwarden.gateway.handle;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a handle opens.
///
/// @param mayWrite whether it opens more than reading
/// @param assets the digits of the only assets it reaches; empty if it reaches what the connection
///   reaches
/// @param expiresAt from then on it opens nothing
public record HandleGrant(
    UUID id,
    ConnectionId connection,
    WorkspaceId workspace,
    boolean mayWrite,
    Optional<Set<String>> assets,
    Instant expiresAt) {

  public HandleGrant {
    assets = assets.map(Set::copyOf);
  }
}
