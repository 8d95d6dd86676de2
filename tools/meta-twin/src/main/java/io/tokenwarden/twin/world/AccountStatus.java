package io.tokenwarden.twin.world;

import java.util.Optional;
import java.util.stream.Stream;

/// What `account_status` says of an ad account. One that is not active can still be read.
public enum AccountStatus {
  ACTIVE(1, 0, "enable"),
  /// For breaking the advertising rules.
  DISABLED(2, 1, "disable"),
  /// Owes money.
  UNSETTLED(3, 3, "leave-unsettled"),
  PENDING_RISK_REVIEW(7, 5, "review-risk"),
  PENDING_SETTLEMENT(8, 0, "await-settlement"),
  IN_GRACE_PERIOD(9, 0, "give-grace"),
  PENDING_CLOSURE(100, 0, "begin-closure"),
  CLOSED(101, 7, "close");

  private final int number;
  private final int disableReason;
  private final String deed;

  AccountStatus(int number, int disableReason, String deed) {
    this.number = number;
    this.disableReason = disableReason;
    this.deed = deed;
  }

  /// The status a deed leads to.
  public static Optional<AccountStatus> after(String deed) {
    return Stream.of(values()).filter(status -> status.deed.equals(deed)).findFirst();
  }

  public int number() {
    return number;
  }

  /// The number Meta gives as `disable_reason`; 0 for none.
  public int disableReason() {
    return disableReason;
  }

  /// What makes it so, as control addresses name it.
  public String deed() {
    return deed;
  }
}
