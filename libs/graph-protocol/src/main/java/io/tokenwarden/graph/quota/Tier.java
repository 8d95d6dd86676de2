package io.tokenwarden.graph.quota;

import java.time.Duration;
import java.util.Locale;

/// The access level of the Meta app; the same for all its quotas, though only some headers tell.
///
/// Meta has called them Limited and Full since May 2026, and still writes the old names into the
/// headers.
public enum Tier {
  DEVELOPMENT("development_access", Duration.ofMinutes(5)),
  STANDARD("standard_access", Duration.ofMinutes(1));

  private final String metaName;
  private final Duration block;

  Tier(String metaName, Duration block) {
    this.metaName = metaName;
    this.block = block;
  }

  /// How long Meta turns an ad account away once its score is used up. See [ad account level
  /// limits](https://developers.facebook.com/docs/marketing-api/overview/rate-limiting).
  Duration block() {
    return block;
  }

  /// Null for a name we do not know.
  static Tier named(String name) {
    var plain = name.strip().toLowerCase(Locale.ROOT);
    for (var tier : values()) {
      if (tier.metaName.equals(plain)) {
        return tier;
      }
    }
    return null;
  }

  /// The one with the longer block, of those that are told at all.
  static Tier stricter(Tier one, Tier other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.block.compareTo(other.block) >= 0 ? one : other;
  }
}
