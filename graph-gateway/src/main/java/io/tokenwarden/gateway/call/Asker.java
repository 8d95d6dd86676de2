package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.handle.HandleGrant;
import io.tokenwarden.gateway.request.PresentedHandle;
import java.util.UUID;

/// Who calls.
sealed interface Asker {

  /// One of our services. It names the connection it calls for.
  record OfService(String subject) implements Asker {}

  /// Whoever holds a handle, which names the connection.
  ///
  /// @param shown what further pages are to be asked for with
  record HoldsHandle(PresentedHandle shown, HandleGrant grant) implements Asker {}

  /// Nobody we know, or nobody who may call.
  ///
  /// @param handle that was shown and opens nothing any more; null if there never was one
  /// @param subject of the bearer that may not call; null for none
  record Nobody(Refusal refusal, UUID handle, String subject) implements Asker {
    Nobody(Refusal refusal) {
      this(refusal, null, null);
    }
  }
}
