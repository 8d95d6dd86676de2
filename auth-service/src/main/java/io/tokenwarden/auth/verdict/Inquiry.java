package io.tokenwarden.auth.verdict;

import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import java.util.Optional;

/// What exactly Meta is to be asked.
public sealed interface Inquiry {

  Subject subject();

  /// What it is about where the subject does not say it all, as the database keeps it.
  default String target() {
    return "";
  }

  record OfToken() implements Inquiry {
    @Override
    public Subject subject() {
      return Subject.TOKEN;
    }
  }

  record OfBlock() implements Inquiry {
    @Override
    public Subject subject() {
      return Subject.BLOCK;
    }
  }

  record OfPermissions() implements Inquiry {
    @Override
    public Subject subject() {
      return Subject.PERMISSIONS;
    }
  }

  record OfAsset(AssetType type, String assetId) implements Inquiry {
    @Override
    public Subject subject() {
      return Subject.ASSET;
    }

    @Override
    public String target() {
      return type + "/" + assetId;
    }
  }

  record OfApp(String appId) implements Inquiry {
    @Override
    public Subject subject() {
      return Subject.APP;
    }

    @Override
    public String target() {
      return appId;
    }
  }

  /// What evidence gives reason to ask. Of an asset that the connection was never seen to reach
  /// nobody needs to know why it does not. That a permission is missing may mean that the ad
  /// account is lost: Meta tells the one like the other. Of a Page or a catalog it means what it
  /// says.
  ///
  /// @param appId of the connection it is about
  /// @param reached the kind of asset it names; empty if it names none that the connection reaches
  static Optional<Inquiry> of(TokenSuspected suspected, String appId, Optional<AssetType> reached) {
    Optional<Inquiry> asset = reached.map(type -> new OfAsset(type, suspected.assetId()));
    return switch (suspected.suspicion()) {
      case NONE -> Optional.empty();
      case TOKEN -> Optional.of(new OfToken());
      case BLOCK -> Optional.of(new OfBlock());
      case APP -> Optional.of(new OfApp(appId));
      case PERMISSIONS ->
          asset
              .filter(_ -> reached.flatMap(AssetType::condition).isPresent())
              .or(() -> Optional.of(new OfPermissions()));
      case ASSET -> asset;
    };
  }

  /// As the database keeps it.
  static Inquiry of(Subject subject, String target) {
    return switch (subject) {
      case TOKEN -> new OfToken();
      case BLOCK -> new OfBlock();
      case PERMISSIONS -> new OfPermissions();
      case ASSET -> {
        var parts = target.split("/", 2);
        yield new OfAsset(AssetType.valueOf(parts[0]), parts[1]);
      }
      case APP -> new OfApp(target);
    };
  }
}
