package io.tokenwarden.auth.handoff;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a person may take.
@ConfigMapping(prefix = "auth")
interface HandoffConfig {
  /// From asking for a handoff until the person is back from Meta. Long enough to find a password,
  /// short enough that a ticket in a log or a history is worth nothing.
  @WithDefault("10m")
  Duration handoffTtl();
}
