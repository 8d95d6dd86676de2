package io.tokenwarden.auth.ending;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import java.util.Optional;
import java.util.UUID;

/// A claimed revocation with all that is needed to ask Meta.
///
/// @param attempt fences the settlement: whoever claimed it later settles it
/// @param asked empty if there is nothing to ask Meta: the token or the app is gone, or the
///   connection is in use again
record DueRevocation(UUID id, int attempt, ConnectionId connection, Optional<Asked> asked) {

  /// @param wholeApp whether the person's consent ends, and not this token alone
  record Asked(MetaApp app, AccessToken token, boolean wholeApp) {}

  static DueRevocation of(Revocation revocation) {
    return new DueRevocation(
        revocation.id(), revocation.attempts(), revocation.connectionId(), Optional.empty());
  }

  /// A person's consent is what Meta lets an app give back; of a system user, who never consented,
  /// single tokens are revoked.
  DueRevocation with(MetaApp app, AccessToken token, TokenType type) {
    var wholeApp = type != TokenType.SYSTEM_USER;
    return new DueRevocation(id, attempt, connection, Optional.of(new Asked(app, token, wholeApp)));
  }
}
