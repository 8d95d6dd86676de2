package io.tokenwarden.twin.world;

/// A security check a person has to pass at facebook.com. Until then every one of their tokens is
/// refused; afterwards the same tokens work again.
public enum Checkpoint {
  /// Has to log in and follow what is asked there.
  LOGIN(459),
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
