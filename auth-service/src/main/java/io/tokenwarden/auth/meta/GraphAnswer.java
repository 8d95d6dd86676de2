package io.tokenwarden.auth.meta;

import io.tokenwarden.graph.GraphError;

/// What came of asking Meta.
public sealed interface GraphAnswer<T> {

  record Answered<T>(T value) implements GraphAnswer<T> {}

  /// Meta answered with an error, or not at all.
  record Failed<T>(GraphError error) implements GraphAnswer<T> {}

  /// For callers that can only give up.
  ///
  /// @throws GraphRefusedException if there is none
  default T orGiveUp() {
    return switch (this) {
      case Answered<T>(var value) -> value;
      case Failed<T>(var error) -> throw new GraphRefusedException(error);
    };
  }
}
