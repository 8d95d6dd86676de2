package io.tokenwarden.twin.world;

/// Why a token no longer works, with the subcode Meta gives for it beside code 190.
public enum DeathCause {
  APP_REMOVED(458),
  PASSWORD_CHANGED(460),
  EXPIRED(463),
  REVOKED(466),
  LOGGED_OUT(467);

  private final int subcode;

  DeathCause(int subcode) {
    this.subcode = subcode;
  }

  public int subcode() {
    return subcode;
  }
}
