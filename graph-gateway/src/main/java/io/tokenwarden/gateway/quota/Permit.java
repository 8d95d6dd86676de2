package io.tokenwarden.gateway.quota;

import io.tokenwarden.gateway.quota.PermitLog.Lease;

/// The right to make one call, counted against one quota. Whoever takes it says once what became of
/// it; what is said later changes nothing.
///
/// Not safe for several threads: used under the lock of its [PermitLog].
final class Permit {

  private final Lease lease;
  private boolean settled;

  Permit(Lease lease) {
    this.lease = lease;
  }

  /// The call is over: with Meta's answer, whatever it says, or without one. From now on the permit
  /// counts for one window: Meta counted the call before now.
  ///
  /// @param now of the clock of the log, in nanoseconds
  void spent(long now) {
    if (!settled) {
      settled = true;
      lease.spent(now);
    }
  }

  /// Nothing was sent to Meta.
  void unused() {
    if (!settled) {
      settled = true;
      lease.unused();
    }
  }
}
