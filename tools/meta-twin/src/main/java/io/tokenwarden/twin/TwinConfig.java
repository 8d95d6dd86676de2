package io.tokenwarden.twin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// What the twin must be told.
@ConfigMapping(prefix = "twin")
public interface TwinConfig {

  /// App id of the managed Meta app (`META_APP_ID`). Others are registered while the twin runs.
  String appId();

  /// Its secret (`META_APP_SECRET`), until it is reset at the twin.
  Secret<String> appSecret();

  /// Name of the app as people see it in the dialog and as `debug_token` reports it.
  @WithDefault("Tokenwarden")
  String appName();

  /// Folder of `state.json` and `calls.jsonl` (`TWIN_DATA`); made if it is missing. Token values
  /// lie in it in the clear, so the files are readable by their owner alone.
  @WithDefault(".tokenwarden/twin")
  Path data();
}
