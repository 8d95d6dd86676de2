package io.tokenwarden.twin.world;

/// Why a token no longer works, with the subcode Meta gives for it beside code 190.
public enum DeathCause {
  APP_REMOVED(458),
  PASSWORD_CHANGED(460),
  EXPIRED(463),
  /// The app is no longer the system user's business's.
  SYSTEM_USER_LOST(465),
  REVOKED(466),
  LOGGED_OUT(467),
  /// The person has not used the app for long.
  LONG_ABSENCE(468),
  /// The person has not engaged with the app for 90 days.
  UNUSED_90_DAYS(493),
  /// The token was signed with a secret the app no longer has.
  SECRET_RESET(null);

  private final Integer subcode;

  DeathCause(Integer subcode) {
    this.subcode = subcode;
  }

  /// Null where Meta gives none.
  public Integer subcode() {
    return subcode;
  }
}
