package io.tokenwarden.twin.insights;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What one insights row is about.
public enum Level {
  ACCOUNT,
  CAMPAIGN,
  ADSET,
  AD;

  /// The level as Graph spells it; empty if there is none of that name.
  public static Optional<Level> named(String name) {
    return Stream.of(values()).filter(level -> level.parameter().equals(name)).findFirst();
  }

  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
