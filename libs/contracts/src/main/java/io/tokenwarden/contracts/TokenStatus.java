package io.tokenwarden.contracts;

/// Whether the access token of a connection can be used.
public enum TokenStatus {
  ACTIVE,
  /// Failed validation and was disabled.
  INACTIVE,
  /// Past its life, or invalidated by Meta.
  EXPIRED
}
