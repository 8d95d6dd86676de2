package io.tokenwarden.graphclient;

import java.util.Locale;

/// What the gateway lets pass first when a quota runs short.
public enum Priority {
  /// What people look at now.
  SYNC,
  /// What nobody waits for.
  BACKFILL;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
