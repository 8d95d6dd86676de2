package io.tokenwarden.contracts;

/// What a person is told about: a condition by its name, or one of the product's own concerns.
public enum NotificationKind {
  AUTH_EXPIRED,
  RECONNECT_REQUIRED,
  CHECKPOINT,
  MISSING_SCOPE,
  AD_ACCOUNT_UNAVAILABLE,
  PIXEL_UNAVAILABLE,
  BLOCKED_BY_META,
  EXPIRING,
  APP_BLOCKED,
  REFRESH_FAILED,
  SCHEDULE_STALLED,
  DATA_GAP,
  BOUNDARY,
  ANOMALY;

  public static NotificationKind of(ConditionKind condition) {
    return valueOf(condition.name());
  }
}
