package io.tokenwarden.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// Where Meta is, and which of its versions we speak.
@ConfigMapping(prefix = "meta")
public interface MetaConfig {

  /// The only host a data call goes to, whatever a caller writes.
  @WithDefault("https://graph.facebook.com")
  URI graphUrl();

  /// For calls that name no version: what Meta holds for current changes under an app's feet.
  @WithDefault("v25.0")
  String graphVersion();
}
