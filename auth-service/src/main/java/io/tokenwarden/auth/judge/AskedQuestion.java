package io.tokenwarden.auth.judge;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.verdict.Inquiry;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.graph.AccessToken;
import java.util.UUID;

/// A claimed question with all that is needed to ask it.
///
/// @param attempt fences the settlement: whoever claimed it later settles it
/// @param about null where it is about the app alone
record AskedQuestion(UUID id, int attempt, Inquiry inquiry, MetaApp app, About about) {

  /// The token that is asked with.
  ///
  /// @param metaUserId whose it was when it was stored
  record About(ConnectionId connection, long generation, String metaUserId, AccessToken token) {}
}
