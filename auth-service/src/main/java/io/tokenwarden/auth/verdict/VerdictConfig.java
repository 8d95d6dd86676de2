package io.tokenwarden.auth.verdict;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What is known to be bad, and how long it is taken to be.
@ConfigMapping(prefix = "auth.verdict")
public interface VerdictConfig {
  /// How often Meta is asked whether a person has passed a checkpoint, or a lost asset is back.
  /// Often enough that nobody waits long for what they have mended, seldom enough that Meta takes
  /// no offence.
  @WithDefault("15m")
  Duration askAgainEvery();

  /// How often Meta is asked whether it serves a blocked app again: one call with the app's own
  /// token.
  @WithDefault("1m")
  Duration askAboutAppEvery();

  /// For how long writes are held back after Meta has blocked a person. Meta does not say how long
  /// it will; if it still does afterwards, the next call that is refused tells.
  @WithDefault("1h")
  Duration blockLasts();
}
