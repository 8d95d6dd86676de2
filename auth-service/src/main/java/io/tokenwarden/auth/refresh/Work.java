package io.tokenwarden.auth.refresh;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.vault.TokenAddress;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AccessToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An attempt that was begun, with all that is needed to ask Meta.
///
/// @param attempt fences what it brings
/// @param generation of the token that is to be replaced
/// @param expiresAt of that token; null means never
/// @param app empty if it is not configured any more
/// @param staged a new token that an earlier attempt left
/// @param adAccount one that the connection reaches, for the smoke call; empty if none is known
record Work(
    Kind kind,
    int attempt,
    ConnectionId connection,
    WorkspaceId workspace,
    long generation,
    String metaUserId,
    TokenType tokenType,
    List<String> scopes,
    Instant expiresAt,
    Optional<MetaApp> app,
    AccessToken token,
    Optional<AccessToken> staged,
    Optional<AdAccountId> adAccount) {

  static Work of(
      Renewal renewal,
      int attempt,
      Connection connection,
      Optional<MetaApp> app,
      AccessToken token,
      Optional<AccessToken> staged,
      Optional<AdAccountId> adAccount) {
    return new Work(
        renewal.kind(),
        attempt,
        connection.connectionId(),
        connection.workspace(),
        connection.generation(),
        connection.metaUserId(),
        connection.tokenType(),
        connection.scopes(),
        connection.expiresAt().orElse(null),
        app,
        token,
        staged,
        adAccount);
  }

  /// Where the new token lies until it is promoted, and after.
  TokenAddress next() {
    return new TokenAddress(workspace, connection, generation).next();
  }
}
