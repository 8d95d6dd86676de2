package io.tokenwarden.auth.refresh;

/// How a token is replaced.
enum Kind {
  /// By exchanging it, before it ends.
  REFRESH,

  /// A system user's token that never ends: by a new one, after which the old one is revoked.
  ROTATION
}
