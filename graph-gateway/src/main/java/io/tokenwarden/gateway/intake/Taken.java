package io.tokenwarden.gateway.intake;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.request.Body;

/// What came of taking in a body.
public sealed interface Taken {

  /// All of it is here.
  ///
  /// @param over to be run when the call is over, whatever came of it: files are kept until then
  record Whole(Body body, Runnable over) implements Taken {

    static Whole of(Body body) {
      return new Whole(body, () -> {});
    }
  }

  /// It is not read to its end, so the connection cannot be used again.
  record TurnedAway(Refusal refusal) implements Taken {}
}
