package io.tokenwarden.graph;

/// Why a token died, as `AUTH_EXPIRED` says it.
public enum ExpiredReason {
  EXPIRED,
  PASSWORD_CHANGED,
  APP_REMOVED,
  LOGGED_OUT,
  REVOKED,
  UNUSED_90_DAYS,
  SYSTEM_USER_LOST
}
