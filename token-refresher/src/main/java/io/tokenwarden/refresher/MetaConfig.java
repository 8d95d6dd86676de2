package io.tokenwarden.refresher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What we need to know of how auth-service asks Meta.
@ConfigMapping(prefix = "meta")
public interface MetaConfig {
  /// How long auth-service waits for one answer of Meta: set it for both services alike.
  @WithDefault("10s")
  Duration callTimeout();
}
