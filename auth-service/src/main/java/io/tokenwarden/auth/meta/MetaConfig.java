package io.tokenwarden.auth.meta;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where Meta is, and the managed app.
@ConfigMapping(prefix = "meta")
public interface MetaConfig {
  /// Where Graph calls go. Another address is a stand-in.
  @WithDefault("https://graph.facebook.com")
  URI graphUrl();

  /// Where a person's browser is sent for consent.
  @WithDefault("https://www.facebook.com")
  URI dialogUrl();

  /// The Graph version of the managed app. Versions end: see Meta's changelog.
  @WithDefault("v25.0")
  String graphVersion();

  /// The managed Meta app; without it only customer-owned apps can connect.
  Optional<String> appId();

  /// Goes with the app id: one without the other refuses to start.
  Optional<Secret<String>> appSecret();

  /// The managed app's configuration of Login for Business; without it the dialog names the
  /// permissions itself.
  Optional<String> loginConfigId();

  /// What Meta says when it asks whether the managed app's webhook address is ours.
  Optional<Secret<String>> webhookVerifyToken();

  /// How long one call may take. Meta's inspection usually answers within a second; a question that
  /// runs out of time is asked again.
  @WithDefault("10s")
  Duration callTimeout();
}
