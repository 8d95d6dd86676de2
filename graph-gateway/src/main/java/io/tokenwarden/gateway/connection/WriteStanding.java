package io.tokenwarden.gateway.connection;

import java.time.Instant;

/// Whether a connection may change anything at Meta. It may less often than it may read.
public sealed interface WriteStanding {

  record Free() implements WriteStanding {}

  /// It may not call at all, or is asked about.
  record Held(Standing cause) implements WriteStanding {}

  /// Meta takes no changes from its owner.
  ///
  /// @param until null if Meta does not say
  record BlockedByMeta(Instant until) implements WriteStanding {}

  /// What it was granted does not reach so far.
  record NotGranted() implements WriteStanding {}

  /// Nothing was said of it yet.
  record Untold() implements WriteStanding {}
}
