package io.tokenwarden.gateway.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// How much of Meta's quotas is used, and by whom.
@ConfigMapping(prefix = "gateway")
public interface QuotaConfig {

  /// From this share of a quota on, `backfill` gets no more than what becomes free again; `sync`
  /// from halfway between it and all. 1 slows nobody down.
  @WithDefault("0.8")
  double throttleAt();

  /// Limits that are known, as `scope=calls/window` or `scope=calls/window,shadow`, separated by
  /// `;`. In a scope, `*` stands for one of its parts; the first that matches counts. A limit in
  /// the shadow only counts what it would have held back. Scopes that none matches have no limit of
  /// ours.
  Optional<String> quotas();
}
