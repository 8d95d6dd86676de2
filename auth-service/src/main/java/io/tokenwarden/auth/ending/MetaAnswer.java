package io.tokenwarden.auth.ending;

import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.graph.FailureScope;
import io.tokenwarden.graph.GraphError;

/// What came of asking Meta to revoke a token.
enum MetaAnswer {
  /// It does not take the token any more, or has not for some time.
  GONE,

  /// Nothing is known, or something stands in the way that may pass, at Meta or in our vault.
  AGAIN,

  /// It will not.
  REFUSED,

  NEVER_ASKED;

  static MetaAnswer of(GraphAnswer<Boolean> answer) {
    return switch (answer) {
      case Answered<Boolean>(var done) -> done ? GONE : REFUSED;
      case Failed<Boolean>(var error) -> of(error);
    };
  }

  private static MetaAnswer of(GraphError error) {
    var meaning = error.meaning();
    return switch (meaning.category()) {
      case TOKEN_EXPIRED, TOKEN_INVALIDATED -> GONE;
      case TRANSIENT, SERVER_ERROR, RATE_LIMITED, BLOCKED -> AGAIN;
      case AUTH_ERROR -> meaning.scope() == FailureScope.APP ? AGAIN : REFUSED;
      case PERMISSION_MISSING, ASSET_UNAVAILABLE, BAD_REQUEST -> REFUSED;
    };
  }
}
