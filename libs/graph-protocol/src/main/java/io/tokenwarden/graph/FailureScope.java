package io.tokenwarden.graph;

/// How far a failure reaches: what else fails for the same reason.
public enum FailureScope {
  /// Every call with this token.
  TOKEN,
  /// Every call of this Meta app, whoever's token it carries.
  APP,
  /// Every call on behalf of this Meta user.
  USER,
  /// Every call on this ad account.
  AD_ACCOUNT,
  /// Calls on this one object: Page, pixel, catalog, Instagram account.
  ASSET,
  /// This request alone.
  REQUEST,
  /// Meta itself.
  META
}
