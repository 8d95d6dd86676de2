package io.tokenwarden.twin;

import io.tokenwarden.twin.world.Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The Meta app that asks people for access: the only one this twin knows.
@Singleton
public final class MetaApp {

  private final String id;
  private final Secret secret;
  private final String name;

  @Inject
  MetaApp(TwinConfig config) {
    this(config.appId(), Secret.of(config.appSecret().get()), config.appName());
  }

  public MetaApp(String id, Secret secret, String name) {
    this.id = id;
    this.secret = secret;
    this.name = name;
  }

  public String id() {
    return id;
  }

  public Secret secret() {
    return secret;
  }

  public String name() {
    return name;
  }

  /// The app access token every app has without asking: `{app-id}|{app-secret}`.
  public Secret token() {
    return Secret.of(id + "|" + secret.reveal());
  }
}
