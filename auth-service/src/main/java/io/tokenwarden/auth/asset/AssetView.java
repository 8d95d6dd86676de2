package io.tokenwarden.auth.asset;

import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Condition;
import java.time.Instant;
import java.util.List;

/// An asset as people and programs see it.
///
/// @param cause why it cannot be reached; null while it can, and for a Page or a catalog, whose
///   loss is no condition
/// @param adAccounts the ad accounts a pixel belongs to
/// @param beyondGrant whether the token reaches it though the person did not share it at consent
public record AssetView(
    AssetType assetType,
    String assetId,
    String name,
    boolean available,
    Condition cause,
    String timezone,
    String currency,
    Integer accountStatus,
    Integer disableReason,
    String businessId,
    List<String> adAccounts,
    boolean beyondGrant,
    long revision,
    Instant changedAt) {}
