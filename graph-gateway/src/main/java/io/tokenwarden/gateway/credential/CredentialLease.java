package io.tokenwarden.gateway.credential;

import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.AppSecretProof;
import io.tokenwarden.graph.Secret;
import java.time.Instant;
import java.util.List;

/// A credential given for at most a minute.
///
/// @param appsecretProof null for an app that has no secret with us
/// @param revision of the connection when it was given
public record CredentialLease(
    AccessToken accessToken,
    AppSecretProof appsecretProof,
    long generation,
    long revision,
    String appId,
    Instant expiresAt) {

  /// What must never come back to a caller.
  public List<Secret> secrets() {
    return appsecretProof == null ? List.of(accessToken) : List.of(accessToken, appsecretProof);
  }
}
