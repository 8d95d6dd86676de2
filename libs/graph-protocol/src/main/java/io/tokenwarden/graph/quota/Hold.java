package io.tokenwarden.graph.quota;

import java.time.Instant;
import java.util.Objects;

/// What a quota has come to after Meta's latest signs.
///
/// ```
///            until            free
///   … HELD ────┼──── HALF ──────┼──── FREE …
/// ```
///
/// @param strikes how often in a row it was found used up, each time after the hold before was over
/// @param until the first moment at which somebody may ask again
/// @param free the first moment at which all may ask again as fast as the quota allows
public record Hold(int strikes, Instant until, Instant free) {

  /// Nothing was ever used up.
  public static final Hold NONE = new Hold(0, Instant.EPOCH, Instant.EPOCH);

  public Hold {
    Objects.requireNonNull(until);
    Objects.requireNonNull(free);
    if (strikes < 0 || free.isBefore(until)) {
      throw new IllegalArgumentException(
          "Hold with %d strikes until %s, free at %s".formatted(strikes, until, free));
    }
  }

  public Pace paceAt(Instant now) {
    if (now.isBefore(until)) {
      return Pace.HELD;
    }
    return now.isBefore(free) ? Pace.HALF : Pace.FREE;
  }

  /// What remains of two holds on the same quota, wherever they were learnt of: the longer of each.
  public Hold stricter(Hold other) {
    return new Hold(
        Math.max(strikes, other.strikes), later(until, other.until), later(free, other.free));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
