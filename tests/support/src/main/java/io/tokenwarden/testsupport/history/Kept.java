package io.tokenwarden.testsupport.history;

import io.tokenwarden.contracts.Revised;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// The states a consumer keeps, by the merge rule, in memory instead of a table.
///
/// @param <K> what tells one thing from another
public final class Kept<K, S extends Revised> {
  private final Map<K, S> states = new HashMap<>();

  /// Takes the state if it is to be kept.
  ///
  /// @return whether it is; if not, nothing changed
  /// @throws AssertionError if what is known would fall back to an older revision
  public boolean take(K key, S state) {
    var before = states.get(key);
    if (!state.supersedes(revision(before))) {
      return false;
    }
    if (before != null && before.revision() >= state.revision()) {
      throw new AssertionError("The known revision falls: %s to %s".formatted(before, state));
    }
    states.put(key, state);
    return true;
  }

  private static OptionalLong revision(Revised known) {
    return known == null ? OptionalLong.empty() : OptionalLong.of(known.revision());
  }

  /// Null if nothing is known.
  public S get(K key) {
    return states.get(key);
  }

  public Collection<S> all() {
    return states.values();
  }
}
