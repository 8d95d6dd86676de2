package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// The complete state of one asset as one connection sees it, at its own revision.
///
/// @param revision given under the lock of the connection's row; orders the states of this asset
/// @param cause why it is unavailable; null while it is available, and for a kind whose loss is no
///   condition ([AssetType#condition])
/// @param remedy what a person does about it; null while it is available
/// @param timezone IANA name; ad accounts only
/// @param currency ISO 4217 code; ad accounts only
/// @param accountStatus Meta's `account_status` (1 = active); ad accounts only
/// @param beyondGrant true if the token reaches it although the person did not share it at consent;
///   null, as older writers left it, means no
public record AssetState(
    WorkspaceId workspaceId,
    ConnectionId connectionId,
    long generation,
    long revision,
    String appId,
    Instant occurredAt,
    AssetType assetType,
    String assetId,
    String name,
    boolean available,
    Condition cause,
    Remedy remedy,
    String timezone,
    String currency,
    Integer accountStatus,
    Boolean beyondGrant)
    implements Revised {
  public AssetState {
    requireNonNull(workspaceId, "workspaceId");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(appId, "appId");
    requireNonNull(occurredAt, "occurredAt");
    requireNonNull(assetType, "assetType");
    requireNonNull(assetId, "assetId");
    var caused = !available && assetType.condition().isPresent();
    if (caused != (cause != null)) {
      throw new IllegalArgumentException(
          "an asset has a cause exactly if it is unavailable and that is a condition");
    }
    beyondGrant = Boolean.TRUE.equals(beyondGrant);
    Fences.check(generation, revision);
  }
}
