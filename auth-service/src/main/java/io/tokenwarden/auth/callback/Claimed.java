package io.tokenwarden.auth.callback;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/// A message that is to be done now.
///
/// @param subject the app-scoped person, or the ad account
/// @param attempt fences what follows: whoever claimed it later does it
record Claimed(UUID id, String appId, Kind kind, String subject, Instant happenedAt, int attempt) {

  /// From a row, whose attempts do not count this one yet.
  static Claimed of(Object[] row) {
    return new Claimed(
        UUID.fromString((String) row[0]),
        (String) row[1],
        Kind.valueOf((String) row[2]),
        (String) row[3],
        instant(row[4]),
        ((Number) row[5]).intValue() + 1);
  }

  private static Instant instant(Object value) {
    return switch (value) {
      case OffsetDateTime moment -> moment.toInstant();
      case Instant moment -> moment;
      default -> throw new IllegalStateException("No moment: " + value.getClass());
    };
  }
}
