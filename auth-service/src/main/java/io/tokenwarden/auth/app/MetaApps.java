package io.tokenwarden.auth.app;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.config.Secret;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.meta.MetaConfig;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AppSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/// The Meta apps we know: the managed one, the operator's, from configuration, and those that
/// workspaces own. Nothing is remembered: a secret that was set anew counts at once.
@ApplicationScoped
public class MetaApps {
  private final Optional<MetaApp> managed;
  private final OwnedApps owned;

  @Inject
  MetaApps(MetaConfig config, OwnedApps owned) {
    this.managed = managed(config);
    this.owned = owned;
  }

  private static Optional<MetaApp> managed(MetaConfig config) {
    var secret = secret(config.appSecret());
    if (config.appId().isPresent() != secret.isPresent()) {
      throw new IllegalStateException("META_APP_ID and META_APP_SECRET go together");
    }
    return config
        .appId()
        .map(id ->
            new MetaApp(
                id,
                null,
                secret.get(),
                config.graphVersion(),
                config.loginConfigId().orElse(null),
                secret(config.webhookVerifyToken()).orElse(null)));
  }

  /// A Secret that is not configured may be there, and hold nothing.
  private static Optional<AppSecret> secret(Optional<Secret<String>> configured) {
    return configured.map(Secret::get).filter(value -> !value.isBlank()).map(AppSecret::of);
  }

  /// The app that is used where none is named; empty if only customer-owned apps are.
  public Optional<MetaApp> managed() {
    return managed;
  }

  /// The app of that id, whoever's it is. Within a session or without.
  public Uni<Optional<MetaApp>> find(String appId) {
    var found = managed.filter(app -> app.appId().equals(appId));
    return found.isPresent() || !Registration.isAppId(appId)
        ? Uni.createFrom().item(found)
        : Panache.withSession(() -> owned.open(appId));
  }

  /// The app of that id, if the workspace may use it. Within a session or without.
  public Uni<Optional<MetaApp>> find(WorkspaceId workspace, String appId) {
    return find(appId).map(found -> found.filter(app -> app.usableBy(workspace)));
  }
}
