package io.tokenwarden.contracts;

/// Where a connection stands in its life.
public enum Lifecycle {
  CONNECTED,
  DISCONNECTED,
  ARCHIVED
}
