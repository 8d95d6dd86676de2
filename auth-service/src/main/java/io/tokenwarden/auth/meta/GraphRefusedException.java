package io.tokenwarden.auth.meta;

import io.tokenwarden.graph.GraphError;

/// Meta did not give what was asked for. Says which error, never what was sent.
public class GraphRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GraphError error;

  public GraphRefusedException(GraphError error) {
    super(
        "%s %s/%s, trace %s"
            .formatted(
                error.meaning().category(), error.code(), error.subcode(), error.fbtraceId()));
    this.error = error;
  }

  public GraphError error() {
    return error;
  }
}
