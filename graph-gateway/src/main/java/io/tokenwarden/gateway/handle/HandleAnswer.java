package io.tokenwarden.gateway.handle;

/// What is known of a key that was presented.
public sealed interface HandleAnswer {

  record Granted(HandleGrant grant) implements HandleAnswer {}

  /// It opens nothing: there is no such handle, or it is revoked or over.
  record Worthless() implements HandleAnswer {}

  /// auth-service did not say; ask again.
  record Unavailable() implements HandleAnswer {}
}
