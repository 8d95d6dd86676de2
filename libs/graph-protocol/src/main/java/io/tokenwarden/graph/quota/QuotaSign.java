package io.tokenwarden.graph.quota;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What one answer says of one quota.
///
/// @param throttle null if the call was not turned away for this quota
/// @param usages what the answer's headers tell of this quota
/// @param tier of the app; null if no answer has told it yet
/// @param asked when the call left
/// @param answered when its answer came
public record QuotaSign(
    Throttle throttle, List<Usage> usages, Tier tier, Instant asked, Instant answered) {

  public QuotaSign {
    usages = List.copyOf(usages);
    Objects.requireNonNull(asked);
    Objects.requireNonNull(answered);
  }

  /// Whether the quota is used up, by the error or by the headers alone.
  boolean exhausted() {
    return throttle != null || usages.stream().anyMatch(Usage::exhausted);
  }
}
