package io.tokenwarden.gateway.call;

import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.handle.HandleGrant;
import io.tokenwarden.gateway.request.PresentedHandle;

/// Who calls.
sealed interface Asker {

  /// One of our services. It names the connection it calls for.
  record OfService() implements Asker {}

  /// Whoever holds a handle, which names the connection.
  ///
  /// @param shown what further pages are to be asked for with
  record HoldsHandle(PresentedHandle shown, HandleGrant grant) implements Asker {}

  /// Nobody we know, or nobody who may call.
  record Nobody(Refusal refusal) implements Asker {}
}
