package io.tokenwarden.gateway.call;

import java.util.Locale;

/// Whether a read that failed in a way that may pass is asked again, or why not.
enum Repetition {
  REPEATED,

  /// It was repeated as often as is of use.
  USED_UP,

  /// The caller does not wait so long.
  NO_TIME,

  /// A quota of it is held: asking again would prolong that.
  HELD,

  /// This replica repeats enough already.
  OVER_BUDGET;

  /// As metrics tell it.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
