package io.tokenwarden.auth.scope;

import io.tokenwarden.contracts.Capability;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// What was granted, and what that is good for. A capability is there when every permission that
/// carries it is, whether granted by itself or included in another.
public final class GrantedScopes {
  private final Set<Permission> permissions = EnumSet.noneOf(Permission.class);

  /// @param scopes as Meta names them; those we know nothing of are good for nothing
  public GrantedScopes(Collection<String> scopes) {
    scopes.stream()
        .flatMap(scope -> Permission.named(scope).stream())
        .forEach(granted -> {
          permissions.add(granted);
          permissions.addAll(granted.includes());
        });
  }

  boolean include(Permission permission) {
    return permissions.contains(permission);
  }

  public Set<Capability> capabilities() {
    var capabilities = EnumSet.allOf(Capability.class);
    for (var permission : Permission.values()) {
      if (!include(permission)) {
        capabilities.removeAll(permission.carries());
      }
    }
    return capabilities;
  }
}
