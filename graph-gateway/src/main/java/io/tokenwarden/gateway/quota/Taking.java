package io.tokenwarden.gateway.quota;

import io.tokenwarden.graph.quota.QuotaScope;
import java.time.Duration;
import java.util.List;

/// What came of asking for permits.
public sealed interface Taking {

  /// One permit of each quota of the call. Whoever has them says once what became of the call.
  final class Taken implements Taking {

    private final List<Quota.Use> uses;

    Taken(List<Quota.Use> uses) {
      this.uses = List.copyOf(uses);
    }

    /// The call is over, with an answer or without: Meta may have counted it.
    public void spent() {
      uses.forEach(Quota.Use::spent);
    }

    /// Meta was not asked.
    public void unused() {
      uses.forEach(Quota.Use::unused);
    }
  }

  /// There is none within the time there was.
  ///
  /// @param nextFree how long until there is one
  record UsedUp(QuotaScope scope, Duration nextFree) implements Taking {}

  /// The database does not answer, and what this replica was granted is spent or over.
  record Uncounted(Duration retryAfter) implements Taking {}
}
