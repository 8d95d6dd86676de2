package io.tokenwarden.auth.ending;

/// What became of a token at Meta.
enum Fate {
  /// Meta does not take it any more.
  REVOKED,

  /// Meta is being asked to revoke it.
  REVOKING,

  /// It is not ours to revoke: the person removes the app.
  LEFT_TO_THE_PERSON,

  /// Meta did not revoke it; it may live on there, though nobody here has it any more.
  NOT_REVOKED,

  /// The connection is in use again: nothing is to be revoked.
  OVERTAKEN
}
