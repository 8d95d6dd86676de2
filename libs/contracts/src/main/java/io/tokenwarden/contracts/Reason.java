package io.tokenwarden.contracts;

/// Why a condition holds, where its name does not say it all.
public enum Reason {
  // of AUTH_EXPIRED
  EXPIRED,
  PASSWORD_CHANGED,
  APP_REMOVED,
  LOGGED_OUT,
  REVOKED,
  UNUSED_90_DAYS,
  SYSTEM_USER_LOST,
  // of RECONNECT_REQUIRED
  UNVERIFIABLE,
  DATA_ACCESS_EXPIRED,
  VALIDATION_FAILED,
  // of AD_ACCOUNT_UNAVAILABLE and PIXEL_UNAVAILABLE
  NOT_ASSIGNED,
  DISABLED
}
