package io.tokenwarden.gateway.quota;

import io.tokenwarden.graph.quota.QuotaScope;
import java.time.Duration;

/// Whether a call may go out, as far as quotas that are used up go.
public sealed interface Leave {

  record Free() implements Leave {}

  /// It may not: Meta would refuse it, count it, and prolong the wait.
  ///
  /// @param scope the quota that is closed for longest
  record Held(QuotaScope scope, Duration left) implements Leave {}
}
