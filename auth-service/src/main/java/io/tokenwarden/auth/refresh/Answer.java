package io.tokenwarden.auth.refresh;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.Remedy;
import java.time.Duration;
import java.time.Instant;

/// What a caller is told.
///
/// @param generation the current one
/// @param expiresAt of the current token; null means never
/// @param retryAfter seconds until asking again makes sense; null if it never does
/// @param remedy what a person does; null if nobody needs to do anything
record Answer(Outcome outcome, long generation, Instant expiresAt, Long retryAfter, Remedy remedy) {

  static Answer of(Outcome outcome, Connection connection) {
    return new Answer(
        outcome, connection.generation(), connection.expiresAt().orElse(null), null, null);
  }

  Answer retryAfter(Duration pause) {
    return new Answer(outcome, generation, expiresAt, Math.max(1, pause.toSeconds()), remedy);
  }

  Answer remedy(Remedy whatToDo) {
    return new Answer(outcome, generation, expiresAt, retryAfter, whatToDo);
  }
}
