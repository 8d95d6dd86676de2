package io.tokenwarden.auth.preflight;

import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.asset.AssetView;
import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.graph.AccessToken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is known of a connection before Meta is asked.
///
/// @param missingScopes what its profile asks for and was not granted
/// @param assets the first five hundred that it was ever seen to reach
/// @param businesses how many businesses it was seen to reach
/// @param app empty if it is not configured any more
/// @param token empty if it cannot be used
record Known(
    Health health,
    TokenType tokenType,
    boolean usable,
    List<String> missingScopes,
    List<AssetView> assets,
    long businesses,
    Optional<MetaApp> app,
    Optional<AccessToken> token) {
  Known {
    missingScopes = List.copyOf(missingScopes);
    assets = List.copyOf(assets);
  }

  List<AssetView> adAccounts() {
    return of(AssetType.AD_ACCOUNT).filter(AssetView::available).toList();
  }

  Stream<AssetView> of(AssetType type) {
    return assets.stream().filter(asset -> asset.assetType() == type);
  }

  /// One to call Meta with.
  Optional<AdAccountId> anAdAccount() {
    return adAccounts().stream().map(AssetView::assetId).map(AdAccountId::of).findFirst();
  }

  boolean can(Capability capability) {
    return health.can(capability);
  }
}
