package io.tokenwarden.gateway.request;

/// What came of reading a request.
public sealed interface Reading {

  /// It is a read that may be forwarded.
  record Accepted(GraphRequest request) implements Reading {}

  /// It is spelled in a way that two readers could understand differently, or not at all.
  ///
  /// @param why for the caller; repeats nothing of the request
  record Malformed(String why) implements Reading {}

  /// It is understood, and not forwarded.
  ///
  /// @param why for the caller; repeats nothing of the request
  record Forbidden(String why) implements Reading {}
}
