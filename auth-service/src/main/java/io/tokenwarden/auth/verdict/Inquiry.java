package io.tokenwarden.auth.verdict;

import io.tokenwarden.contracts.AssetType;

/// What exactly Meta is to be asked.
sealed interface Inquiry {

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
