package io.tokenwarden.twin.world;

import java.time.Instant;

/// A person may not write for a while; reading goes on.
///
/// @param until null until somebody lifts it
public record PolicyBlock(Kind kind, Instant until) {

  /// How Meta says so.
  public enum Kind {
    POLICY("368"),
    /// Which is no throttle.
    ACTION("4/2207051");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /// Code and subcode, for people.
    public String code() {
      return code;
    }
  }

  public boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }
}
