package io.tokenwarden.twin.world;

import io.tokenwarden.twin.TwinConfig;
import java.util.Map;
import java.util.Set;

/// An app registered with Meta: it asks people for access, and every token was issued to one.
///
/// @param secret null only in a state that has not met its configuration yet
/// @param secretWasReset whether the secret is another than the app was set up with
/// @param loginConfigs Login for Business: the permissions each configuration asks for, by its id
/// @param exchange null in states written before exchanges could be odd
/// @param callbacks null in states written before there were any
public record MetaApp(
    String id,
    Secret secret,
    boolean secretWasReset,
    String name,
    AppStanding standing,
    Map<String, Set<String>> loginConfigs,
    ExchangeHabit exchange,
    Callbacks callbacks) {

  public MetaApp {
    standing = standing == null ? AppStanding.WELL : standing;
    loginConfigs = loginConfigs == null ? Map.of() : Map.copyOf(loginConfigs);
    exchange = exchange == null ? ExchangeHabit.USUAL : exchange;
    callbacks = callbacks == null ? Callbacks.NONE : callbacks;
  }

  public static MetaApp of(String id, Secret secret, String name) {
    return new MetaApp(id, secret, false, name, AppStanding.WELL, Map.of(), null, null);
  }

  static MetaApp managed(TwinConfig config) {
    return of(config.appId(), Secret.of(config.appSecret().get()), config.appName());
  }

  /// The app access token every app has without asking: `{app-id}|{app-secret}`.
  public Secret token() {
    return Secret.of(id + "|" + secret.reveal());
  }

  public MetaApp with(AppStanding newStanding) {
    return new MetaApp(
        id, secret, secretWasReset, name, newStanding, loginConfigs, exchange, callbacks);
  }

  public MetaApp withLoginConfigs(Map<String, Set<String>> newConfigs) {
    return new MetaApp(id, secret, secretWasReset, name, standing, newConfigs, exchange, callbacks);
  }

  public MetaApp with(ExchangeHabit newExchange) {
    return new MetaApp(
        id, secret, secretWasReset, name, standing, loginConfigs, newExchange, callbacks);
  }

  public MetaApp with(Callbacks newCallbacks) {
    return new MetaApp(
        id, secret, secretWasReset, name, standing, loginConfigs, exchange, newCallbacks);
  }

  MetaApp withSecretReset(Secret newSecret) {
    return new MetaApp(id, newSecret, true, name, standing, loginConfigs, exchange, callbacks);
  }

  /// What is remembered of an app whose id, secret and name are configured: a secret that was reset
  /// since then wins.
  MetaApp configuredAs(MetaApp configured) {
    return new MetaApp(
        id,
        secretWasReset ? secret : configured.secret,
        secretWasReset,
        configured.name,
        standing,
        loginConfigs,
        exchange,
        callbacks);
  }
}
