package io.tokenwarden.auth.handoff;

import io.tokenwarden.contracts.ConnectionId;

/// How a handoff ended, as the person and the page that opened it are told.
sealed interface Outcome {

  record Connected(ConnectionId connection, String returnTo) implements Outcome {}

  /// The person said no, or closed the dialog.
  record Denied(String returnTo) implements Outcome {}

  /// The state, the browser or the ticket does not match, or it is too late.
  record Rejected() implements Outcome {}

  /// On reconnect, somebody else consented.
  record OtherPerson(String returnTo) implements Outcome {}

  /// Meta did not give us a usable token.
  record NotIssued(String returnTo, String why) implements Outcome {}
}
