package io.tokenwarden.contracts;

/// The names of what can be wrong, or soon wrong, with a connection.
public enum ConditionKind {
  AUTH_EXPIRED,
  RECONNECT_REQUIRED,
  CHECKPOINT,
  MISSING_SCOPE,
  AD_ACCOUNT_UNAVAILABLE,
  PIXEL_UNAVAILABLE,
  BLOCKED_BY_META,
  EXPIRING
}
