package io.tokenwarden.auth.lease;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;

/// A credential for at most a minute. The only answer of the product that carries a token.
///
/// @param graphVersion that the app is pinned to
/// @param expiresAt when the gateway must ask again
record Lease(
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    String appId,
    String metaUserId,
    TokenType tokenType,
    long generation,
    long revision,
    String accessToken,
    String appsecretProof,
    String graphVersion,
    Instant expiresAt) {
  @Override
  public String toString() {
    return "Lease[connection=" + connectionId + ", generation=" + generation + ", ****]";
  }
}
