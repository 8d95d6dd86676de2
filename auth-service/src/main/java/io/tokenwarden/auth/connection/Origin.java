package io.tokenwarden.auth.connection;

import java.util.Optional;
import java.util.UUID;

/// How a revision came about.
///
/// @param what for a person, such as `reconnected`, `answer ALIVE`; never a secret
/// @param question the question it answers; empty if nobody asked
public record Origin(String what, Optional<UUID> question) {
  public static Origin of(String what) {
    return new Origin(what, Optional.empty());
  }

  public static Origin answer(String what, UUID question) {
    return new Origin("answer " + what, Optional.of(question));
  }
}
