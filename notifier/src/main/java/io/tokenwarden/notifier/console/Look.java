package io.tokenwarden.notifier.console;

import java.util.Locale;

/// How a connection is doing, as a colour; what needs somebody most comes last.
public enum Look {
  /// Ended on purpose.
  GREY,
  /// All is well.
  GREEN,
  /// Soon wrong, or wrong in part.
  AMBER,
  /// Nothing goes through until a person acts.
  YELLOW;

  public boolean troubled() {
    return compareTo(GREEN) > 0;
  }

  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
