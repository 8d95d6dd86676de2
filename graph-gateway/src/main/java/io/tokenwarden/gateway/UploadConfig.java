package io.tokenwarden.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// How much of this replica uploads may tie up.
@ConfigMapping(prefix = "gateway.upload")
public interface UploadConfig {

  /// The largest body with files in it.
  @WithDefault("1G")
  MemorySize limit();

  /// What all uploads together may take of the disk. Whoever comes when there is no room is refused
  /// as TRANSIENT.
  @WithDefault("4G")
  MemorySize disk();

  /// Where files lie, without a name, while they are judged and sent on; the system's folder for
  /// such files if missing.
  Optional<Path> folder();
}
