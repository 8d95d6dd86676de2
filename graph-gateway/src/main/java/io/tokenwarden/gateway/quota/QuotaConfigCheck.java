package io.tokenwarden.gateway.quota;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Refuses to start with limits that are none.
@ApplicationScoped
class QuotaConfigCheck {

  void atStart(@Observes StartupEvent event, QuotaConfig config) {
    check(config);
  }

  static void check(QuotaConfig config) {
    if (!(config.throttleAt() > 0 && config.throttleAt() <= 1)) {
      throw new IllegalStateException("GATEWAY_THROTTLE_AT must be above 0 and at most 1");
    }
    try {
      QuotaRules.parse(config.quotas().orElse(""));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("GATEWAY_QUOTAS: " + e.getMessage(), e);
    }
  }
}
