package io.tokenwarden.auth.connection;

import io.tokenwarden.auth.scope.ScopeProfile;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import java.time.Instant;
import java.util.List;

/// A token as Meta inspected it, ready to be stored.
///
/// @param label what a person calls the identity, such as its name at Meta
/// @param expiresAt null means never
/// @param dataAccessExpiresAt null if Meta did not say
/// @param grants what exactly the person shared
/// @param profile what it was asked for; null leaves a known connection's as it is
public record ConnectedToken(
    AccessToken token,
    String appId,
    String metaUserId,
    String label,
    TokenType tokenType,
    List<String> scopes,
    Instant expiresAt,
    Instant dataAccessExpiresAt,
    Grants grants,
    ScopeProfile profile) {
  public ConnectedToken {
    scopes = List.copyOf(scopes);
  }
}
