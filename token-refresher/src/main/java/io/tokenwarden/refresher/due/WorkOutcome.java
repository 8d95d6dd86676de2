package io.tokenwarden.refresher.due;

import java.time.Duration;

/// What came of one attempt.
public sealed interface WorkOutcome {

  /// It is done for now.
  record Done() implements WorkOutcome {}

  /// Nobody needs it any more, unless a newer state of the connection asks for it.
  ///
  /// @param why a code for logs and metrics
  record Over(String why) implements WorkOutcome {
    /// The generation is no longer current, or the connection is gone.
    public static final Over OBSOLETE = new Over("OBSOLETE");
  }

  /// It did not work out and is tried again.
  ///
  /// @param failure a code for logs and metrics, never a message from outside
  /// @param passing whether the cause is expected to be over in seconds
  /// @param notBefore how long to wait at least; zero if nobody asked for a wait
  record Postponed(String failure, boolean passing, Duration notBefore) implements WorkOutcome {}
}
