package io.tokenwarden.auth.scope;

import io.tokenwarden.contracts.Capability;
import java.util.List;
import java.util.Set;

/// What a profile asks for and was not granted.
///
/// @param scopes in alphabetical order
/// @param blocked the capabilities they carry
public record MissingScopes(List<String> scopes, Set<Capability> blocked) {
  public MissingScopes {
    scopes = scopes.stream().sorted().toList();
    blocked = Set.copyOf(blocked);
  }

  public boolean isEmpty() {
    return scopes.isEmpty();
  }
}
