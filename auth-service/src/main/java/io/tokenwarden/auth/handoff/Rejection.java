package io.tokenwarden.auth.handoff;

/// Why a step of a handoff is refused. The names stand in the audit log; the person sees one page
/// for all of them, so that whoever tries learns nothing.
enum Rejection {
  /// What came is nothing we ever gave out, or nothing at all.
  TICKET_UNKNOWN,
  TICKET_USED,
  TICKET_EXPIRED,
  STATE_MISSING,
  STATE_UNKNOWN,
  STATE_USED,
  STATE_EXPIRED,
  /// The browser did not bring the cookie that it was given at the start.
  OTHER_BROWSER,
  /// The code came back before, with another state.
  CODE_USED,
  /// On reconnect, somebody else consented.
  OTHER_PERSON,
  /// Nothing is left to be connected anew.
  NOTHING_OFFERED,
  /// There is no such connection in the workspace.
  CONNECTION_UNKNOWN,
  /// There is no such Meta app for the workspace.
  APP_UNKNOWN,
  /// The address to return to leaves our origin.
  RETURN_TO
}
