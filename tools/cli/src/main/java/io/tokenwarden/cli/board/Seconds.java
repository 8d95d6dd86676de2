package io.tokenwarden.cli.board;

import java.time.Duration;
import java.util.Locale;

/// A duration as a person reads it, such as `2.1 s`.
final class Seconds {

  private Seconds() {}

  static String of(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
