package io.tokenwarden.auth.connection;

import io.tokenwarden.auth.scope.MissingScopes;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Remedy;
import java.util.List;

/// How the permissions of a connection changed.
///
/// @param lost of those its profile needs, the ones that were granted before and are not any more
/// @param appeared whatever is granted now and was not before, needed or not
/// @param missing what the profile still lacks
public record ScopeChange(List<String> lost, List<String> appeared, MissingScopes missing) {
  static ScopeChange between(
      List<String> before, List<String> now, MissingScopes missedBefore, MissingScopes missing) {
    return new ScopeChange(
        missing.scopes().stream().filter(scope -> !missedBefore.scopes().contains(scope)).toList(),
        now.stream().filter(scope -> !before.contains(scope)).toList(),
        missing);
  }

  /// The capabilities that are blocked, in their order.
  public List<Capability> blocked() {
    return missing.blocked().stream().sorted().toList();
  }

  /// What a person does about what is still missing; null if nothing is.
  public Remedy remedy() {
    return missing.isEmpty() ? null : Remedy.GRANT_SCOPES;
  }
}
