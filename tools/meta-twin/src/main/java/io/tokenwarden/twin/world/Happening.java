package io.tokenwarden.twin.world;

/// What an app may be told of, once it is true.
public sealed interface Happening {

  /// A person removed the app.
  record AppRemoved(String personId, String appId) implements Happening {}

  /// A person took a permission back, or gave it again.
  record PermissionChanged(String personId, String appId, String permission, boolean granted)
      implements Happening {}

  /// A person wants the app to forget them.
  record DeletionAsked(String personId, String appId) implements Happening {}

  /// Ads of an ad account no longer run.
  record AdsStopped(String adAccountId) implements Happening {}
}
