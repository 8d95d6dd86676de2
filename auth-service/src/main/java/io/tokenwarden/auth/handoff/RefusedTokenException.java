package io.tokenwarden.auth.handoff;

import io.tokenwarden.graph.GraphError;

/// A token is not taken. Says why, and which error of Meta's it was; never what was sent.
class RefusedTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedTokenException(Refusal refusal) {
    super(refusal.name());
    this.refusal = refusal;
  }

  RefusedTokenException(Refusal refusal, GraphError error) {
    super(
        "%s: %s %s/%s, trace %s"
            .formatted(
                refusal,
                error.meaning().category(),
                error.code(),
                error.subcode(),
                error.fbtraceId()));
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
