package io.tokenwarden.refresher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When connections are looked after.
@ConfigMapping(prefix = "refresher")
public interface RefresherConfig {
  /// How long after a successful access check the next one is due. Half a day finds a lost ad
  /// account the same day and costs each connection two short listings; a new generation is checked
  /// at once whatever this says.
  @WithDefault("12h")
  Duration accessCheckEvery();
}
