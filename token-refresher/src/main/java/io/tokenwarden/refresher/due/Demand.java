package io.tokenwarden.refresher.due;

import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;

/// What is to be done for a connection, as a function of its merged state and of nothing else:
/// whatever the order in which states were learned, the answer is the same.
sealed interface Demand {

  /// Its access is to be looked at with this generation of its token.
  record Check(long generation) implements Demand {}

  /// Its token is dead or the connection was ended.
  record Nothing() implements Demand {}

  static Demand of(ConnectionState state) {
    var health = state.health();
    var alive =
        health.lifecycle() == Lifecycle.CONNECTED && health.tokenStatus() == TokenStatus.ACTIVE;
    return alive ? new Check(state.generation()) : new Nothing();
  }
}
