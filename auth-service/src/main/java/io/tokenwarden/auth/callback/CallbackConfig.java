package io.tokenwarden.auth.callback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What is still believed of Meta's callbacks.
@ConfigMapping(prefix = "auth.callback")
interface CallbackConfig {
  /// How long after Meta signed it a `signed_request` is taken. Meta calls within seconds; an hour
  /// leaves room for a queue of theirs and makes one that was captured useless soon. One that was
  /// taken counts once in any case.
  @WithDefault("1h")
  Duration signedRequestLife();
}
