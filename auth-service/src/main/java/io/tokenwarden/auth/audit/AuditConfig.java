package io.tokenwarden.auth.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the audit log is guarded.
@ConfigMapping(prefix = "auth.audit")
interface AuditConfig {
  /// How often the end of the chain is logged, so that it is known outside the database: what was
  /// cut off or rewritten after that is found by verifying from there. Once an hour is little to
  /// read and little to lose; nothing is logged while nothing is added.
  @WithDefault("1h")
  Duration publishEvery();

  Refusals refusals();

  /// What is written down of those who are refused without having said who they are: a forged
  /// state, a wrong signature. Anybody can bring that about as often as they like.
  interface Refusals {
    /// How many of a kind each replica writes down in full in one window; at least 1. The rest is
    /// counted. A hundred is more than people err, and little for a table.
    @WithDefault("100")
    int inFull();

    /// How long is counted before it is summed up in one entry: from a second to an hour. A kill -9
    /// loses at most the sum of so long.
    @WithDefault("1m")
    Duration window();
  }
}
