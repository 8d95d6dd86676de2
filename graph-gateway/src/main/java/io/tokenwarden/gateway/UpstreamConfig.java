package io.tokenwarden.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much of this replica Meta may tie up.
@ConfigMapping(prefix = "gateway.upstream")
public interface UpstreamConfig {

  /// Connections to Meta, each with one call at a time.
  @WithDefault("512")
  int connections();

  /// Calls that wait for a connection, each no longer than its deadline. Whoever comes when the
  /// queue is full is refused at once, as TRANSIENT: a queue that only grows answers nobody.
  @WithDefault("2000")
  int queue();

  /// An answer that has begun, and of which nothing more comes for this long, is broken off. Until
  /// it begins, the caller's deadline counts.
  @WithDefault("30s")
  Duration silence();
}
