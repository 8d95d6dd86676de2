package io.tokenwarden.graph;

import java.util.Objects;
import java.util.Optional;

/// What a [GraphError] means for us.
///
/// @param category what to do next, in one word
/// @param scope what else fails for the same reason
/// @param suspicion what this gives reason to ask Meta about
/// @param remedy what helps
/// @param reason why the token died; null unless the error speaks of a dead token (see
///   [#expiredReason()])
public record Meaning(
    ErrorCategory category,
    FailureScope scope,
    Suspicion suspicion,
    Remedy remedy,
    ExpiredReason reason) {

  public Meaning {
    Objects.requireNonNull(category);
    Objects.requireNonNull(scope);
    Objects.requireNonNull(suspicion);
    Objects.requireNonNull(remedy);
  }

  /// Why the token died, where the error says that it did.
  public Optional<ExpiredReason> expiredReason() {
    return Optional.ofNullable(reason);
  }

  /// Whether a person must pass a check at facebook.com, after which the same token works again.
  public boolean checkpoint() {
    return remedy == Remedy.RESOLVE_CHECKPOINT;
  }

  /// Whether the same request may succeed if it is simply asked again soon. A used-up quota is not
  /// meant: asking again prolongs it.
  public boolean worthRepeating() {
    return remedy == Remedy.RETRY_LATER && category != ErrorCategory.RATE_LIMITED;
  }

  Meaning inScope(FailureScope other) {
    return new Meaning(category, other, suspicion, remedy, reason);
  }

  Meaning suspecting(Suspicion other) {
    return new Meaning(category, scope, other, remedy, reason);
  }

  Meaning remediedBy(Remedy other) {
    return new Meaning(category, scope, suspicion, other, reason);
  }
}
