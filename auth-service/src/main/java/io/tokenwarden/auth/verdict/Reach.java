package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.scope.GrantedScopes;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import java.util.List;

/// Which assets a set of permissions lets one reach at all.
final class Reach {
  private Reach() {}

  static boolean mayReach(AssetType type, List<String> scopes) {
    return switch (type) {
      case AD_ACCOUNT -> can(scopes, Capability.READ_INSIGHTS);
      case PIXEL -> can(scopes, Capability.VERIFY_CONVERSIONS);
      case PAGE -> scopes.contains("pages_show_list");
      case CATALOG -> scopes.contains("catalog_management");
    };
  }

  private static boolean can(List<String> scopes, Capability capability) {
    return new GrantedScopes(scopes).capabilities().contains(capability);
  }
}
