package io.tokenwarden.auth.preflight;

/// How a check came out, the worst first.
enum Result {
  FAIL,
  UNKNOWN,
  PASS
}
