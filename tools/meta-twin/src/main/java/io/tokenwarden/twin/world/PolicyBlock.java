package io.tokenwarden.twin.world;

import java.time.Instant;

/// A person may not write for a while; reading goes on.
///
/// @param until null until somebody lifts it
public record PolicyBlock(Kind kind, Instant until) {

  /// How Meta says so.
  public enum Kind {
    /// 368.
    POLICY,
    /// 4/2207051, which is no throttle.
    ACTION
  }

  public boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }
}
