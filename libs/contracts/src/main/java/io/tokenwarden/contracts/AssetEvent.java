package io.tokenwarden.contracts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.OptionalLong;

/// What auth-service announces about an asset that a connection reaches, or no longer reaches.
public sealed interface AssetEvent extends Event {

  AssetState asset();

  @Override
  default String key() {
    return asset().connectionId() + "/" + asset().assetId();
  }

  @Override
  default WorkspaceId workspaceId() {
    return asset().workspaceId();
  }

  @Override
  default OptionalLong generationHeader() {
    return OptionalLong.of(asset().generation());
  }

  @Override
  default OptionalLong revisionHeader() {
    return OptionalLong.of(asset().revision());
  }

  /// Every change of an asset is here; what a new subscriber reads first.
  record AssetHealth(@JsonUnwrapped AssetState asset) implements AssetEvent {
    @Override
    public Topic topic() {
      return Topic.ASSET_HEALTH;
    }
  }

  record AssetAvailable(@JsonUnwrapped AssetState asset) implements AssetEvent {
    @Override
    public Topic topic() {
      return Topic.ASSET_AVAILABLE;
    }
  }

  record AssetUnavailable(@JsonUnwrapped AssetState asset) implements AssetEvent {
    @Override
    public Topic topic() {
      return Topic.ASSET_UNAVAILABLE;
    }
  }
}
