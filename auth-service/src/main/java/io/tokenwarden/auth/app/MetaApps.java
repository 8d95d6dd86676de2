package io.tokenwarden.auth.app;

import io.smallrye.config.Secret;
import io.tokenwarden.auth.meta.MetaConfig;
import io.tokenwarden.graph.AppSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// The Meta apps we know. The managed app, the operator's, comes from configuration.
@ApplicationScoped
public class MetaApps {
  private final Optional<MetaApp> managed;

  @Inject
  MetaApps(MetaConfig config) {
    // a Secret that is not configured may be there, and hold nothing
    var secret = config.appSecret().map(Secret::get).filter(value -> !value.isBlank());
    if (config.appId().isPresent() != secret.isPresent()) {
      throw new IllegalStateException("META_APP_ID and META_APP_SECRET go together");
    }
    this.managed =
        config
            .appId()
            .map(id -> new MetaApp(id, AppSecret.of(secret.get()), config.graphVersion()));
  }

  /// The app that is used where none is named; empty if only customer-owned apps are.
  public Optional<MetaApp> managed() {
    return managed;
  }

  public Optional<MetaApp> find(String appId) {
    return managed.filter(app -> app.appId().equals(appId));
  }
}
