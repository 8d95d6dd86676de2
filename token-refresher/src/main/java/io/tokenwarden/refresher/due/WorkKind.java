package io.tokenwarden.refresher.due;

/// The kinds of work a connection needs from time to time.
public enum WorkKind {
  /// Lists what the connection may do and reach.
  ACCESS_CHECK
}
