package io.tokenwarden.auth.connection;

import io.tokenwarden.contracts.ExpiryClock;
import java.util.Map;

/// What the clocks of a connection said when they were read.
///
/// @param changed whether the connection has a new revision
/// @param told clocks that a person must be told of now, each with the days it has left
/// @param over whether a clock is over, so that Meta is to be asked about the token
public record ClockReading(boolean changed, Map<ExpiryClock, Integer> told, boolean over) {
  public ClockReading {
    told = Map.copyOf(told);
  }
}
