package io.tokenwarden.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a service remembers which events have taken effect.
@ConfigMapping(prefix = "inbox")
interface InboxConfig {
  /// Must be longer than a record can lie on a dead-letter topic and a retry topic together (37
  /// days), or a replay could take effect twice; the service refuses to start otherwise. Eight days
  /// more, so that a replay on the last day is safe.
  @WithDefault("45d")
  Duration retention();
}
