package io.tokenwarden.contracts;

/// What may run out on a connection. Each runs by itself; the earliest counts.
public enum ExpiryClock {
  /// The life of the token.
  TOKEN,
  /// Access to data, which ends 90 days after the person last logged in, though the token lives.
  DATA_ACCESS,
  /// Our own rule that a token that never ends is replaced now and then.
  ROTATION_POLICY
}
