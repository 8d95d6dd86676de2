package io.tokenwarden.contracts;

import java.util.Optional;

/// The kinds of things at Meta that a connection may reach.
public enum AssetType {
  AD_ACCOUNT,
  PIXEL,
  PAGE,
  CATALOG;

  /// The condition of a connection that has lost one. Losing a Page or a catalog is none: nothing
  /// that a connection is good for stops with it.
  public Optional<ConditionKind> condition() {
    return switch (this) {
      case AD_ACCOUNT -> Optional.of(ConditionKind.AD_ACCOUNT_UNAVAILABLE);
      case PIXEL -> Optional.of(ConditionKind.PIXEL_UNAVAILABLE);
      case PAGE, CATALOG -> Optional.empty();
    };
  }
}
