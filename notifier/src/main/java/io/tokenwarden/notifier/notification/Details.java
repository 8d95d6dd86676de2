package io.tokenwarden.notifier.notification;

import static java.util.Objects.requireNonNull;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import java.time.Instant;

/// What is told of a cause beside its name. It may change while the cause stands.
///
/// @param reason null where the name says it all
/// @param remedy null while nobody needs to act, or nothing we have a word for helps
/// @param since when it began, as the newest state tells
/// @param until when it ends by itself; null if it does not
record Details(Reason reason, Remedy remedy, Instant since, Instant until) {
  Details {
    requireNonNull(since, "since");
  }

  static Details of(Condition condition) {
    return new Details(
        condition.reason(), condition.remedy(), condition.since(), condition.until());
  }
}
