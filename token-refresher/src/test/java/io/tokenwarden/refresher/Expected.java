package io.tokenwarden.refresher;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.testsupport.history.History;
import java.util.Map;
import java.util.stream.Collectors;

/// What has to be due at the end of a history, read off what was announced last.
public final class Expected {
  private Expected() {}

  /// For which generation of each connection; those that are dead or ended are missing.
  public static Map<ConnectionId, Long> generationsDue(History history) {
    return history.connections().stream()
        .filter(state -> state.health().lifecycle() == Lifecycle.CONNECTED)
        .filter(state -> state.health().tokenStatus() == TokenStatus.ACTIVE)
        .collect(Collectors.toMap(ConnectionState::connectionId, ConnectionState::generation));
  }
}
