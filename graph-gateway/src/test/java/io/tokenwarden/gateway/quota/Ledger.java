package io.tokenwarden.gateway.quota;

/// Where replicas take turns, in a time of its own.
interface Ledger {

  /// @param nowMillis of the clock of the ledger
  /// @param calls the limit
  /// @param window in milliseconds
  /// @param patience the longest a call takes, in milliseconds
  PermitGrant turn(PermitTurn turn, long nowMillis, long calls, long window, long patience);
}
