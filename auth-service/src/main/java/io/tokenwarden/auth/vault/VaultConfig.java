package io.tokenwarden.auth.vault;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Where the operator's key is.
@ConfigMapping(prefix = "tokenwarden.vault")
public interface VaultConfig {
  /// `file:/path/to/keyset.json` or `env:NAME`, a Tink keyset in JSON; or `vault-transit:` and the
  /// address of a key of HashiCorp Vault. There is no default: a service that could lose its key,
  /// or that made one up, would lose every token.
  String keyset();

  /// How long an unwrapped data key stays in memory. So long a replica goes on opening tokens while
  /// the operator's key is away, or was taken away. Zero asks the operator's key each time.
  @WithDefault("5m")
  Duration remember();
}
