package io.tokenwarden.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much of this replica a caller may tie up.
@ConfigMapping(prefix = "gateway.caller")
public interface CallerConfig {

  /// A caller that takes nothing of its answer for this long loses its connection, and Meta is told
  /// to send no more. It must be long enough for one who works on a page while the next is on its
  /// way.
  @WithDefault("60s")
  Duration silence();
}
