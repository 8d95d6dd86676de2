package io.tokenwarden.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Locale;

/// How people are spoken to.
@ConfigMapping(prefix = "notifier")
public interface NotifierConfig {
  /// The common origin (`TOKENWARDEN_PUBLIC_URL`), from which links start; never the Host header.
  /// No default: a link to nowhere helps nobody, so the service refuses to start without.
  URI publicUrl();

  /// The language of notifications and console, such as `it`. One that we have no texts for refuses
  /// to start.
  @WithDefault("en")
  Locale locale();

  /// Set by the local stack alone, whose issuer asks for no password: the console then says that
  /// this is for local use.
  @WithDefault("false")
  boolean localSignIn();
}
