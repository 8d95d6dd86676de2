package io.tokenwarden.gateway.handle;

import java.util.UUID;

/// What is known of a key that was presented.
public sealed interface HandleAnswer {

  record Granted(HandleGrant grant) implements HandleAnswer {}

  /// It opens nothing: there is no such handle, or it is revoked or over.
  ///
  /// @param handle null if there never was one
  record Worthless(UUID handle) implements HandleAnswer {}

  /// auth-service did not say; ask again.
  record Unavailable() implements HandleAnswer {}
}
