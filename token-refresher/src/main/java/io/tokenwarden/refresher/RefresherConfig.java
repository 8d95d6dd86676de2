package io.tokenwarden.refresher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When connections are looked after.
@ConfigMapping(prefix = "refresher")
public interface RefresherConfig {
  /// How long before its end a token is refreshed. A week leaves room for days of outage, and a
  /// person the time to act if it cannot be refreshed.
  @WithDefault("7d")
  Duration window();

  /// Over how long the work of connections that would be due together is spread; so no minute of
  /// the day has more to do than another.
  @WithDefault("12h")
  Duration scanEvery();

  /// How long after a successful access check the next one is due. Half a day finds a lost ad
  /// account the same day and costs each connection two short listings; a new generation is checked
  /// at once whatever this says.
  @WithDefault("12h")
  Duration accessCheckEvery();
}
