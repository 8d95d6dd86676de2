package io.tokenwarden.twin.world;

/// How the Meta app stands with Meta. It concerns every call, whosever token it is made with.
public enum AppStanding {
  WELL,
  /// Turned away until somebody settles it with Meta. Tokens live on.
  BLOCKED,
  /// Unknown to Meta.
  DELETED
}
