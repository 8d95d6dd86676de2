package io.tokenwarden.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/// Where Meta is, and which of its versions we speak.
@ConfigMapping(prefix = "meta")
public interface MetaConfig {

  /// The only host a data call goes to, whatever a caller writes.
  @WithDefault("https://graph.facebook.com")
  URI graphUrl();

  /// Where videos go; missing: beside Meta's own address Meta's own for videos, else where the rest
  /// goes.
  Optional<URI> graphVideoUrl();

  default URI videoUrl() {
    return graphVideoUrl()
        .orElseGet(() ->
            "graph.facebook.com".equals(graphUrl().getHost())
                ? URI.create("https://graph-video.facebook.com")
                : graphUrl());
  }

  /// For calls that name no version, with apps that are pinned to none: what Meta holds for current
  /// changes under an app's feet.
  @WithDefault("v25.0")
  String graphVersion();
}
