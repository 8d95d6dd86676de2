package io.tokenwarden.auth.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;

/// Our own rules about tokens, beside Meta's.
@ConfigMapping(prefix = "refresher")
public interface TokenPolicy {
  /// A token that never ends is to be replaced after this time all the same: one that leaked is
  /// then worth nothing. token-refresher rotates by the same variable.
  @WithDefault("90d")
  Duration rotateAfter();

  /// @return null for a token that ends by itself
  default Instant rotationDue(ConnectedToken token, Instant storedAt) {
    return token.expiresAt() == null ? storedAt.plus(rotateAfter()) : null;
  }
}
