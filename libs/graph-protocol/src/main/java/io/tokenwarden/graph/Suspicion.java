package io.tokenwarden.graph;

/// What a failure gives reason to ask about. A suspicion is never a verdict: whoever holds it asks
/// Meta before anybody is alarmed.
public enum Suspicion {
  NONE,
  /// Ask whether the token lives.
  TOKEN,
  /// Ask which permissions are granted.
  PERMISSIONS,
  /// Ask for the asset itself.
  ASSET,
  /// Ask with the app's own token whether the app is blocked.
  APP,
  /// Ask whether the token lives: if it does, Meta holds its person back for a while.
  BLOCK
}
