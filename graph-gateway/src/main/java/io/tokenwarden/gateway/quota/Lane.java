package io.tokenwarden.gateway.quota;

import java.util.Locale;
import java.util.Optional;

/// Who comes first when a quota runs short, first to last.
public enum Lane {
  /// A person waits.
  INTERACTIVE,
  /// What people look at now.
  SYNC,
  /// What nobody waits for.
  BACKFILL;

  /// As a caller says it.
  ///
  /// @param header of `X-Tokenwarden-Priority`; null for the first lane: an SDK does not know it
  /// @return empty if there is no such lane
  public static Optional<Lane> of(String header) {
    if (header == null) {
      return Optional.of(INTERACTIVE);
    }
    for (Lane lane : values()) {
      if (lane.code().equals(header)) {
        return Optional.of(lane);
      }
    }
    return Optional.empty();
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How far a quota may be used before this lane slows down.
  ///
  /// @param throttleAt where the last lane does, as a share of the quota
  double slowsAt(double throttleAt) {
    return switch (this) {
      case INTERACTIVE -> Double.POSITIVE_INFINITY;
      case SYNC -> (1 + throttleAt) / 2;
      case BACKFILL -> throttleAt;
    };
  }
}
