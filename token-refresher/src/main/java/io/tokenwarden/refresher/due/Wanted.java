package io.tokenwarden.refresher.due;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// One piece of work that a connection's state asks for.
///
/// @param generation the token it is to be done with
/// @param from when it becomes due; at once, if that is past
record Wanted(WorkKind kind, long generation, Instant from) {
  Wanted {
    requireNonNull(kind, "kind");
    requireNonNull(from, "from");
  }
}
