package io.tokenwarden.auth.refresh;

/// What came of a request to refresh, rotate or verify.
enum Outcome {
  /// The new token has worked and is in use.
  REFRESHED,

  /// The new token has worked and is in use; the old one is being revoked at Meta.
  ROTATED,

  /// The token does not end by itself, or, for a rotation, does.
  NOT_NEEDED,

  /// Meta gave a token that ends no later.
  NOT_EXTENDED,

  /// Meta refused, because of the token.
  REFUSED,

  /// The new token is invalid, or somebody else's.
  REJECTED,

  /// The token is dead: only a person can replace it.
  ALREADY_EXPIRED,

  /// Meta does not serve the app.
  APP,

  /// Meta was away or busy, or a person must pass a check there first.
  UNAVAILABLE,

  /// The last failure is too recent.
  COOLING_DOWN,

  /// Somebody is at it.
  UNDER_WAY,

  /// The connection got another token meanwhile, or ended.
  OVERTAKEN,

  /// Meta wants a person to do it.
  NEEDS_PERSON,

  // ---- of a verification

  /// Meta, asked just now, says that the token lives.
  VERIFIED,

  /// The token is kept; its person must pass a check at facebook.com.
  CHECKPOINT,

  /// The token is dead.
  EXPIRED,

  /// Nobody can say that the token serves, and it is out of use.
  INACTIVE,

  /// Meta has not answered yet; it is being asked.
  PENDING
}
