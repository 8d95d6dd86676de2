package io.tokenwarden.auth.refresh;

import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import io.tokenwarden.graph.Suspicion;
import java.time.Instant;

/// What a staged token is worth.
sealed interface Proof {
  /// `debug_token` of a token that was issued to another app than the one that asks.
  int INVALID_PARAMETER = 100;

  /// @param smoke what the smoke call found, for the audit log
  record Good(Inspection inspection, String smoke) implements Proof {}

  /// It is a token, but ends no later than the one in use.
  record NotLater() implements Proof {}

  /// @param why for a person
  /// @param error what Meta said; null if it did not complain
  record Bad(String why, GraphError error) implements Proof {}

  /// Nothing is known yet.
  record Open(GraphError error) implements Proof {}

  /// @param expiresAt when the token in use ends; null means never
  record Expected(Kind kind, String appId, String metaUserId, Instant expiresAt) {}

  /// Decides by the inspection alone; a [Good] one has yet to pass the smoke call.
  static Proof ofInspection(GraphAnswer<Inspection> answer, Expected expected) {
    return switch (answer) {
      case Failed<Inspection>(var error) ->
          error.code() != null && error.code() == INVALID_PARAMETER
              ? new Bad("Meta issued it to another app", error)
              : new Open(error);
      case Answered<Inspection>(var inspection) -> of(inspection, expected);
    };
  }

  private static Proof of(Inspection inspection, Expected expected) {
    var checkpoint = inspection.failure().filter(error -> error.meaning().checkpoint());
    if (checkpoint.isPresent()) {
      return new Open(checkpoint.get());
    }
    if (!inspection.valid()) {
      return new Bad("Meta calls it invalid", inspection.error());
    }
    if (!inspection.appId().equals(expected.appId())) {
      return new Bad("Meta issued it to another app", null);
    }
    if (!inspection.userId().equals(expected.metaUserId())) {
      return new Bad("it is another person's", null);
    }
    return lasts(inspection, expected) ? new Good(inspection, "") : new NotLater();
  }

  private static boolean lasts(Inspection inspection, Expected expected) {
    return expected.kind() == Kind.ROTATION
        || inspection.expiresAt() == null
        || inspection.expiresAt().isAfter(expected.expiresAt());
  }

  /// Decides by the smoke call about a token whose inspection is good. Only a 190 rejects it:
  /// whatever else stands in the way stands in the old token's way, too.
  static Proof ofSmoke(GraphAnswer<?> smoke, Inspection inspection) {
    return switch (smoke) {
      case Answered<?> _ -> new Good(inspection, "the first call answered");
      case Failed<?>(var error) when rejects(error) ->
          new Bad("Meta refused the first call with it", error);
      case Failed<?>(var error) ->
          new Good(inspection, "the first call found " + error.meaning().category());
    };
  }

  private static boolean rejects(GraphError error) {
    var meaning = error.meaning();
    return meaning.suspicion() == Suspicion.TOKEN && !meaning.checkpoint();
  }
}
