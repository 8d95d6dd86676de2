package io.tokenwarden.auth.asset;

import io.tokenwarden.auth.meta.AssetFacts;
import io.tokenwarden.contracts.AssetType;
import java.util.List;
import java.util.Set;

/// An asset as Meta just showed it. What a look did not tell is null, and stays as it was known.
///
/// @param timezone IANA name; ad accounts only
/// @param accountStatus Meta's `account_status`; ad accounts only
/// @param disableReason Meta's `disable_reason`, 0 is none; ad accounts only
/// @param businessId whose it is
/// @param adAccounts the ad accounts a pixel belongs to, as digits
/// @param unavailable whether Meta calls a pixel unavailable
public record Sight(
    AssetType type,
    String assetId,
    String name,
    String timezone,
    String currency,
    Integer accountStatus,
    Integer disableReason,
    String businessId,
    List<String> adAccounts,
    boolean unavailable) {
  /// Meta's numbers for ad accounts that cannot be used any more: disabled, and closed. See
  /// [account_status](https://developers.facebook.com/docs/marketing-api/reference/ad-account).
  private static final Set<Integer> UNUSABLE = Set.of(2, 101);

  public Sight {
    adAccounts = adAccounts == null ? null : adAccounts.stream().distinct().sorted().toList();
  }

  public static Sight of(AssetType type, String assetId, AssetFacts facts) {
    return new Sight(
        type,
        assetId,
        facts.name(),
        facts.timezone(),
        facts.currency(),
        facts.accountStatus(),
        facts.disableReason(),
        null,
        null,
        facts.unavailable());
  }

  /// Whether it can be used, and not only be seen.
  public boolean isUsable() {
    return !unavailable && (accountStatus == null || !UNUSABLE.contains(accountStatus));
  }
}
