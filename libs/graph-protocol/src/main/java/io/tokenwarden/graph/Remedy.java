package io.tokenwarden.graph;

import java.util.Locale;

/// What helps. The first five need a person on the customer's side and are shown to one.
public enum Remedy {
  /// Go through the dialog again.
  RECONNECT,
  /// Log in at facebook.com and follow its instructions; the token then works again.
  RESOLVE_CHECKPOINT,
  /// Grant the missing permissions.
  GRANT_SCOPES,
  /// Assign the asset to the person or system user, or make it usable.
  ASSIGN_ASSET,
  /// Wait for the block to end, or resolve it with Meta.
  WAIT_OR_RESOLVE,
  /// The operator looks at the Meta app: its secret, its mode, its review, its access level.
  CHECK_APP,
  /// Ask again after a while.
  RETRY_LATER,
  /// Ask for less at once: smaller pages, a shorter time range, or an asynchronous report.
  REQUEST_LESS,
  /// Change the request; the same again fails again.
  CHANGE_REQUEST;

  /// The name as answers, events and pages carry it: `resolve_checkpoint`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
