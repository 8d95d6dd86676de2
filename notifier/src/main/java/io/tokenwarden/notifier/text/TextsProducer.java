package io.tokenwarden.notifier.text;

import io.quarkus.runtime.Startup;
import io.tokenwarden.notifier.NotifierConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The texts in the configured language; looked up at start, so that a wrong one refuses to start.
@Singleton
class TextsProducer {
  @Produces
  @Singleton
  @Startup
  Texts texts(NotifierConfig config) {
    return Texts.in(config.locale());
  }
}
