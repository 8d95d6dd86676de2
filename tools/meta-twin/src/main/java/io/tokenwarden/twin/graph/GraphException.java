package io.tokenwarden.twin.graph;

/// Ends a Graph call with an error.
final class GraphException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient GraphError error;

  GraphException(GraphError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  GraphError error() {
    return error;
  }
}
