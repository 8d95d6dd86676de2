package io.tokenwarden.gateway.audit;

import io.tokenwarden.contracts.ConnectionId;
import java.util.UUID;

/// Something that was tried, and by whom as far as that is known. Nothing a stranger makes up
/// stands in it.
///
/// @param handleId null if none was shown that auth-service knows
/// @param subject of the bearer; null if none was shown that the issuer signed
/// @param connectionId that a service called for; null if it is not known, or follows from the
///   handle
public record Attempt(Overreach what, UUID handleId, String subject, ConnectionId connectionId) {

  Attempt ofAnybody() {
    return new Attempt(what, null, null, null);
  }
}
