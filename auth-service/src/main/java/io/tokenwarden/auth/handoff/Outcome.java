package io.tokenwarden.auth.handoff;

import io.tokenwarden.contracts.ConnectionId;
import java.util.List;

/// How a handoff ended, as the person and the page that opened it are told.
sealed interface Outcome {

  /// @param missing what the person was asked for and did not grant
  record Connected(ConnectionId connection, List<String> missing, String returnTo)
      implements Outcome {}

  /// The person said no, or closed the dialog.
  record Denied(String returnTo) implements Outcome {}

  /// The state, the browser or the ticket does not match, or it is too late.
  record Rejected() implements Outcome {}

  /// On reconnect, somebody else consented.
  ///
  /// @param anew whether that profile may become a connection of its own
  record OtherPerson(String returnTo, boolean anew) implements Outcome {}

  /// Meta did not give us a usable token.
  record NotIssued(String returnTo) implements Outcome {}
}
