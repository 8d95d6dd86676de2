package io.tokenwarden.auth.handoff;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a person may take.
@ConfigMapping(prefix = "auth")
interface HandoffConfig {
  /// From asking for a handoff until its address is opened, and from there until the person is back
  /// from Meta. Long enough to find a password, short enough that a ticket in a log or a history is
  /// worth nothing.
  @WithDefault("10m")
  Duration handoffTtl();

  /// How long a reconnect link can be opened. It is sent to people who are not at their desks; a
  /// day is the most that is allowed.
  @WithDefault("24h")
  Duration reconnectLinkTtl();
}
