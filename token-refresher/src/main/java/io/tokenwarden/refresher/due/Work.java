package io.tokenwarden.refresher.due;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import java.time.Duration;

/// How work of one kind is done. It runs outside any transaction and may call others; it may run
/// again for the same generation, as a worker can be killed before it could settle.
public interface Work {

  WorkKind kind();

  /// How long after a success it is due again.
  Duration every();

  /// One attempt.
  ///
  /// @param generation the generation of the token it is done for
  Uni<WorkOutcome> run(ConnectionId connection, long generation);
}
