package io.tokenwarden.auth.vault;

import io.smallrye.config.ConfigMapping;

/// Where the operator's keyset is.
@ConfigMapping(prefix = "tokenwarden.vault")
public interface VaultConfig {
  /// `file:/path/to/keyset.json`, a Tink keyset in JSON. There is no default: a service that could
  /// lose its key, or that made one up, would lose every token.
  String keyset();
}
