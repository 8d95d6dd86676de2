package io.tokenwarden.auth.connection;

import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import java.time.Instant;
import java.util.List;

/// A token as Meta inspected it, ready to be stored.
///
/// @param label what a person calls the identity, such as its name at Meta
/// @param expiresAt null means never
/// @param dataAccessExpiresAt null if Meta did not say
public record ConnectedToken(
    AccessToken token,
    String appId,
    String metaUserId,
    String label,
    TokenType tokenType,
    List<String> scopes,
    Instant expiresAt,
    Instant dataAccessExpiresAt) {
  public ConnectedToken {
    scopes = List.copyOf(scopes);
  }
}
