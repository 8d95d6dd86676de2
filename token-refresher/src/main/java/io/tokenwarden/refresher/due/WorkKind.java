package io.tokenwarden.refresher.due;

/// The kinds of work a connection needs from time to time.
public enum WorkKind {
  /// Lists what the connection may do and reach.
  ACCESS_CHECK,

  /// Has a token that is about to end replaced by one that ends later.
  REFRESH,

  /// Has a token that never ends replaced, because it is old.
  ROTATION
}
