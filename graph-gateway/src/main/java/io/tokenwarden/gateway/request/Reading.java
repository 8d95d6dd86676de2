package io.tokenwarden.gateway.request;

import java.util.Optional;

/// What came of reading a request.
public sealed interface Reading {

  /// The handle that was shown where an SDK puts a token.
  Optional<PresentedHandle> presented();

  /// It may be forwarded, for whoever may do it.
  record Accepted(GraphRequest request, Optional<PresentedHandle> presented) implements Reading {}

  /// It is spelled in a way that two readers could understand differently, or not at all.
  ///
  /// @param why for the caller; repeats nothing of the request
  record Malformed(String why) implements Reading {
    @Override
    public Optional<PresentedHandle> presented() {
      return Optional.empty();
    }
  }

  /// It is understood, and not forwarded.
  ///
  /// @param why for the caller; repeats nothing of the request
  record Forbidden(String why, Optional<PresentedHandle> presented) implements Reading {}

  /// It asks what a handle is good for, as Graph's `debug_token`.
  ///
  /// @param inspected the handle that is asked about; empty if it is the one that is shown
  record Inspection(Optional<PresentedHandle> inspected, Optional<PresentedHandle> presented)
      implements Reading {}

  /// An SDK reports a crash of its own to Meta. That is nobody's business but the caller's.
  record CrashReport(Optional<PresentedHandle> presented) implements Reading {}
}
