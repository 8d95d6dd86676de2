package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// One named thing that is wrong, or soon wrong, with a connection; in a schedule, a cause.
///
/// @param reason why, or null where the name says it all
/// @param subject what exactly: an asset id, a scope, a clock; null where it is the token itself
/// @param remedy what a person does about it; null while nobody needs to
/// @param until when it ends by itself; null if it does not
public record Condition(
    ConditionKind condition,
    Reason reason,
    String subject,
    ConnectionId connectionId,
    Remedy remedy,
    Instant since,
    Instant until) {
  public Condition {
    requireNonNull(condition, "condition");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(since, "since");
  }
}
