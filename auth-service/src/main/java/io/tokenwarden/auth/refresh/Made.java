package io.tokenwarden.auth.refresh;

import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.graph.AccessToken;
import io.tokenwarden.graph.FailureScope;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Suspicion;

/// What came of asking Meta for a new token.
sealed interface Made {
  record Got(AccessToken token) implements Made {}

  /// @param error what Meta said; null if it was not asked
  record NotMade(RefreshFailure why, GraphError error) implements Made {}

  /// Meta lets nobody but a person make one.
  record PersonWanted(GraphError error) implements Made {}

  /// What a refusal of an exchange is about.
  static RefreshFailure reason(GraphError error) {
    var meaning = error.meaning();
    if (meaning.checkpoint()) {
      return RefreshFailure.UNAVAILABLE;
    }
    if (meaning.suspicion() == Suspicion.APP) {
      return RefreshFailure.APP;
    }
    return switch (meaning.category()) {
      case TRANSIENT, SERVER_ERROR, RATE_LIMITED, BLOCKED -> RefreshFailure.UNAVAILABLE;
      case TOKEN_EXPIRED, TOKEN_INVALIDATED -> RefreshFailure.REFUSED;
      case AUTH_ERROR, PERMISSION_MISSING, ASSET_UNAVAILABLE, BAD_REQUEST ->
          meaning.scope() == FailureScope.APP ? RefreshFailure.APP : RefreshFailure.REFUSED;
    };
  }

  /// What the answer to minting was worth: a refusal that is about rights is a person's to mend.
  static Made refusedToMint(GraphError error) {
    var why = reason(error);
    return switch (error.meaning().category()) {
      case PERMISSION_MISSING, ASSET_UNAVAILABLE, BAD_REQUEST ->
          why == RefreshFailure.APP ? new NotMade(why, error) : new PersonWanted(error);
      case TRANSIENT,
          SERVER_ERROR,
          RATE_LIMITED,
          BLOCKED,
          AUTH_ERROR,
          TOKEN_EXPIRED,
          TOKEN_INVALIDATED ->
          new NotMade(why, error);
    };
  }
}
