package io.tokenwarden.gateway.credential;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.connection.TokenIdentity;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecretProof;
import io.tokenwarden.graph.Secret;
import java.time.Instant;
import java.util.List;

/// A credential given for at most a minute, and all that evidence about it must say.
///
/// @param appsecretProof null for an app that has no secret with us
/// @param graphVersion that the app is pinned to; null if auth-service does not say
/// @param revision of the connection when it was given
public record CredentialLease(
    ConnectionId connectionId,
    WorkspaceId workspaceId,
    String appId,
    String metaUserId,
    TokenType tokenType,
    long generation,
    long revision,
    AccessToken accessToken,
    AppSecretProof appsecretProof,
    String graphVersion,
    Instant expiresAt) {

  /// Whose token it is.
  public TokenIdentity token() {
    return new TokenIdentity(workspaceId, connectionId, generation, appId, metaUserId, tokenType);
  }

  /// What must never come back to a caller.
  public List<Secret> secrets() {
    return appsecretProof == null ? List.of(accessToken) : List.of(accessToken, appsecretProof);
  }
}
