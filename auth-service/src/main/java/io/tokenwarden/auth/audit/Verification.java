package io.tokenwarden.auth.audit;

import java.time.Instant;

/// What came of walking along the chain.
///
/// @param intact whether everything that was looked at is as it was sealed
/// @param checked how many entries were looked at
/// @param through the last place that is right, `POSITION:HASH`; worth noting down outside the
///   database
/// @param broken the first thing that is wrong; null if nothing is
/// @param unsealed what is written but not chained yet
/// @param next where to go on, if the end was not reached; null otherwise
record Verification(
    boolean intact, long checked, String through, Break broken, Unsealed unsealed, String next) {

  /// Entries wait a second or two. More, or for longer, means that nobody seals.
  ///
  /// @param since when the oldest of them happened; null if there is none
  record Unsealed(long entries, Instant since) {}

  /// @param position where in the chain
  /// @param entryId of the entry there; null if there is none
  record Break(Kind kind, long position, Long entryId, String detail) {}

  enum Kind {
    /// The entry, its hash or its place in the order is not what was sealed.
    CHANGED,
    /// Entries before and after are there, this one is not.
    DELETED,
    /// The end of the log is missing, or is not the end that was noted down.
    TRUNCATED,
    /// Somebody chained entries past the end that was sealed.
    INSERTED
  }
}
