package io.tokenwarden.auth.ending;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import java.util.UUID;

/// A revocation that is this replica's to ask for.
///
/// @param attempt fences the settlement: whoever claimed it later settles it
record DueRevocation(UUID id, int attempt, ConnectionId connection) {

  /// All that is needed to ask Meta.
  ///
  /// @param wholeApp whether the person's consent ends, and not this token alone
  record Asked(MetaApp app, AccessToken token, boolean wholeApp) {

    /// A person's consent is what Meta lets an app give back; of a system user, who never
    /// consented, single tokens are revoked.
    static Asked of(MetaApp app, AccessToken token, TokenType type) {
      return new Asked(app, token, type != TokenType.SYSTEM_USER);
    }
  }

  static DueRevocation of(Revocation revocation) {
    return new DueRevocation(revocation.id(), revocation.attempts(), revocation.connectionId());
  }
}
