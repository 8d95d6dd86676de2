package io.tokenwarden.sync.gateway;

import java.util.Locale;

/// What the gateway lets pass first when a quota runs short.
public enum Priority {
  /// Days that people look at now.
  SYNC,
  /// Days that nobody waits for.
  BACKFILL;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
