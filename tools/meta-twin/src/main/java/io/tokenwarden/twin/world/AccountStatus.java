package io.tokenwarden.twin.world;

/// What `account_status` says of an ad account. A disabled one can still be read.
public enum AccountStatus {
  ACTIVE(1),
  DISABLED(2);

  private final int number;

  AccountStatus(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
