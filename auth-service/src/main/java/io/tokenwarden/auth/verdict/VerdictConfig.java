package io.tokenwarden.auth.verdict;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How often Meta is asked again about what is known to be bad.
@ConfigMapping(prefix = "auth.ask-again")
interface VerdictConfig {
  /// A person at a checkpoint, or an asset that was lost: whether it is over. Often enough that
  /// nobody waits long for what they have mended, seldom enough that Meta takes no offence.
  @WithDefault("15m")
  Duration every();

  /// An app that Meta has blocked: one call with the app's own token.
  @WithDefault("1m")
  Duration aboutApp();
}
