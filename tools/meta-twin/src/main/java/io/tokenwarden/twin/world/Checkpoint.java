package io.tokenwarden.twin.world;

/// What a person has to settle at facebook.com. Until then every one of their tokens is refused;
/// afterwards the same tokens work again.
public enum Checkpoint {
  /// Has to log in and follow what is asked there.
  LOGIN(459),
  /// Has to confirm the account.
  UNCONFIRMED(464),
  /// Is logged in and held up.
  BLOCKING(490);

  private final int subcode;

  Checkpoint(int subcode) {
    this.subcode = subcode;
  }

  /// What Meta gives for it beside code 190.
  public int subcode() {
    return subcode;
  }
}
