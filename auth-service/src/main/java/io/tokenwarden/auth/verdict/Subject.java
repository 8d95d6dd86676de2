package io.tokenwarden.auth.verdict;

/// What a question is about.
public enum Subject {
  /// Does the access token live?
  TOKEN,
  /// The token lives: does Meta hold its person back?
  BLOCK,
  /// Which permissions are granted?
  PERMISSIONS,
  /// Can this asset be reached?
  ASSET,
  /// Does Meta serve the app? About no connection in particular.
  APP
}
