package io.tokenwarden.sync.run;

import io.tokenwarden.graph.ErrorCategory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/// What came of a run.
sealed interface RunOutcome {

  /// All that was planned is stored.
  ///
  /// @param restated the account's day, if all that was not final was read
  record Completed(Optional<LocalDate> restated) implements RunOutcome {}

  /// The gateway did not give what was asked for. What was read before is stored.
  ///
  /// @param retryAfter how long to wait at least; zero if nobody asked for a wait
  /// @param generation of the token the gateway used; empty if it did not say
  record Stopped(ErrorCategory category, Duration retryAfter, OptionalLong generation)
      implements RunOutcome {}

  /// Something of our own failed.
  record Failed() implements RunOutcome {}

  /// Another run may have begun; this one stores nothing more.
  record LeaseLost() implements RunOutcome {}
}
