package io.tokenwarden.graph.version;

import java.util.Locale;

/// What Meta versions together, and ends apart.
public enum MetaApi {
  /// Graph: two years and more. After its end Meta answers in the oldest version that lives.
  CORE,

  /// The Marketing API: a year or less. After its end Meta answers what has not changed since in a
  /// later version, and the rest with code 2635.
  MARKETING;

  /// As metrics tell it.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
