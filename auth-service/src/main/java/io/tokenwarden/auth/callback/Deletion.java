package io.tokenwarden.auth.callback;

/// How the deletion of a person's data stands.
enum Deletion {
  UNDER_WAY,

  /// Nothing that names the person is kept.
  DONE,

  /// The person has connected anew since they asked: that is kept, and all else is gone.
  CONSENTED_SINCE
}
