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
}
