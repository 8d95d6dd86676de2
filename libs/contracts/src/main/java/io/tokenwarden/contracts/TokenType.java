package io.tokenwarden.contracts;

/// The kind of access token, as Meta's inspection names it.
public enum TokenType {
  USER,
  SYSTEM_USER,
  PAGE
}
