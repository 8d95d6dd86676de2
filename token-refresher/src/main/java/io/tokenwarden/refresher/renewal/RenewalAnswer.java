package io.tokenwarden.refresher.renewal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.tokenwarden.refresher.due.WorkOutcome;
import io.tokenwarden.refresher.due.WorkOutcome.Over;
import io.tokenwarden.refresher.due.WorkOutcome.Postponed;
import java.time.Duration;
import java.util.Set;

/// What auth-service says came of it.
///
/// @param outcome its word; one we do not know is tried again
/// @param retryAfter seconds until asking again makes sense; null if it does not say
@JsonIgnoreProperties(ignoreUnknown = true)
record RenewalAnswer(String outcome, Long retryAfter) {

  /// After these nothing is left to do until the connection's state changes: there is another
  /// token, or only a person can bring one.
  private static final Set<String> FINAL =
      Set.of("REFRESHED", "ROTATED", "NOT_NEEDED", "ALREADY_EXPIRED", "OVERTAKEN", "NEEDS_PERSON");

  /// What auth-service counts as a failure it counts itself, and says how long to wait.
  WorkOutcome settled() {
    return FINAL.contains(outcome)
        ? new Over(outcome)
        : new Postponed(
            String.valueOf(outcome),
            false,
            retryAfter == null ? Duration.ZERO : Duration.ofSeconds(retryAfter));
  }
}
