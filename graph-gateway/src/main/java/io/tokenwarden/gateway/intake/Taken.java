package io.tokenwarden.gateway.intake;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.request.Body;

/// What came of taking in a body.
public sealed interface Taken {

  /// All of it is here.
  record Whole(Body body) implements Taken {}

  /// It is not read to its end, so the connection cannot be used again.
  record TurnedAway(Refusal refusal) implements Taken {}
}
