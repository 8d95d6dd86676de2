package io.tokenwarden.auth.verdict;

import io.tokenwarden.auth.scope.GrantedScopes;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import java.util.List;
import java.util.Set;

/// Which assets a set of permissions lets one reach at all.
final class Reach {
  /// A Page is listed with the one, and [read](
  /// https://developers.facebook.com/docs/graph-api/reference/page) with the other.
  private static final Set<String> PAGE_ITSELF = Set.of("pages_show_list", "pages_read_engagement");

  private Reach() {}

  static boolean mayReach(AssetType type, List<String> scopes) {
    return switch (type) {
      case AD_ACCOUNT -> can(scopes, Capability.READ_INSIGHTS);
      case PIXEL -> can(scopes, Capability.VERIFY_CONVERSIONS);
      case PAGE -> scopes.containsAll(PAGE_ITSELF);
      case CATALOG -> scopes.contains("catalog_management");
    };
  }

  private static boolean can(List<String> scopes, Capability capability) {
    return new GrantedScopes(scopes).capabilities().contains(capability);
  }
}
