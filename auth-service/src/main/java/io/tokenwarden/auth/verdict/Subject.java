package io.tokenwarden.auth.verdict;

/// What a question is about.
enum Subject {
  /// Does the access token live?
  TOKEN
}
