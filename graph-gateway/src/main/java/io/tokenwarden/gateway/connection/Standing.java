package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.Reason;
import java.time.Duration;

/// Whether the current generation of a connection may call Meta.
public sealed interface Standing {

  record Free() implements Standing {}

  /// Its token is known to be dead.
  ///
  /// @param reason null where the connection was ended rather than its token
  record Dead(Reason reason) implements Standing {}

  /// Its owner must pass a check at facebook.com first.
  record AtCheckpoint() implements Standing {}

  /// Meta turns away every call of its app.
  record OfBlockedApp() implements Standing {}

  /// Its token is being asked about.
  record Quarantined(Duration left) implements Standing {}
}
