package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.meta.Identity;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.ExpiredReason;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import io.tokenwarden.graph.Suspicion;
import java.util.Optional;

/// What Meta's two answers about a token come to.
sealed interface Verdict {

  /// Both say it lives.
  record Alive() implements Verdict {}

  /// The call was refused with a 190 and the inspection says invalid.
  record Dead(Reason reason, GraphError error) implements Verdict {}

  /// The person must pass a check at facebook.com; the token will work again.
  record Checkpoint(GraphError error) implements Verdict {}

  /// The two contradict each other.
  record Disputed() implements Verdict {}

  /// Meta was away, busy, or has blocked the app: nothing is known.
  record Unproven() implements Verdict {}

  /// Decides. A checkpoint decides first; then anything that proves nothing; then the two answers
  /// must agree.
  ///
  /// @param me the answer to `GET /me` with the token itself
  /// @param inspection the answer to `debug_token`
  static Verdict of(GraphAnswer<Identity> me, GraphAnswer<Inspection> inspection) {
    var checkpoint = checkpoint(me).or(() -> checkpointSeenByInspection(inspection));
    if (checkpoint.isPresent()) {
      return new Checkpoint(checkpoint.get());
    }
    return switch (inspection) {
      case Failed<Inspection> _ -> new Unproven();
      case Answered<Inspection>(var inspected) -> decide(me, inspected);
    };
  }

  private static Verdict decide(GraphAnswer<Identity> me, Inspection inspected) {
    return switch (me) {
      case Answered<Identity> _ -> inspected.valid() ? new Alive() : new Disputed();
      case Failed<Identity>(var error) when !speaksOfTheToken(error) -> new Unproven();
      case Failed<Identity>(var error) ->
          inspected.valid() ? new Disputed() : new Dead(reason(error, inspected), error);
    };
  }

  private static Optional<GraphError> checkpoint(GraphAnswer<Identity> me) {
    return switch (me) {
      case Answered<Identity> _ -> Optional.empty();
      case Failed<Identity>(var error) -> Optional.of(error).filter(Verdict::isCheckpoint);
    };
  }

  private static Optional<GraphError> checkpointSeenByInspection(
      GraphAnswer<Inspection> inspection) {
    return switch (inspection) {
      case Failed<Inspection> _ -> Optional.empty();
      case Answered<Inspection>(var inspected) -> inspected.failure().filter(Verdict::isCheckpoint);
    };
  }

  private static boolean isCheckpoint(GraphError error) {
    var meaning = error.meaning();
    return meaning.checkpoint() && meaning.suspicion() == Suspicion.TOKEN;
  }

  /// A refusal counts only if it is about the token: time-outs, throttles, 5xx and blocked apps are
  /// not.
  private static boolean speaksOfTheToken(GraphError error) {
    return error.meaning().suspicion() == Suspicion.TOKEN;
  }

  private static Reason reason(GraphError refusal, Inspection inspected) {
    return refusal
        .meaning()
        .expiredReason()
        .or(() -> inspected.failure().flatMap(failure -> failure.meaning().expiredReason()))
        .map(Verdict::reason)
        .orElseGet(() -> unnamed(refusal));
  }

  private static Reason unnamed(GraphError refusal) {
    return refusal.meaning().category() == ErrorCategory.TOKEN_EXPIRED
        ? Reason.EXPIRED
        : Reason.REVOKED;
  }

  private static Reason reason(ExpiredReason reason) {
    return switch (reason) {
      case EXPIRED -> Reason.EXPIRED;
      case PASSWORD_CHANGED -> Reason.PASSWORD_CHANGED;
      case APP_REMOVED -> Reason.APP_REMOVED;
      case LOGGED_OUT -> Reason.LOGGED_OUT;
      case REVOKED -> Reason.REVOKED;
      case UNUSED_90_DAYS -> Reason.UNUSED_90_DAYS;
      case SYSTEM_USER_LOST -> Reason.SYSTEM_USER_LOST;
    };
  }
}
