package io.tokenwarden.auth.handle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What handles there may be.
@ConfigMapping(prefix = "auth.handle")
interface HandleConfig {
  /// The longest life of a handle. Nobody looks after a key that was given away, so each ends by
  /// itself; a year suits a yearly key change.
  @WithDefault("365d")
  Duration longestLife();
}
