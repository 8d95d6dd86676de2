package io.tokenwarden.gateway;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;

/// Refuses to start with addresses nothing could come of.
@ApplicationScoped
class ConfigCheck {

  void atStart(@Observes StartupEvent event, MetaConfig meta, GatewayConfig gateway) {
    mustBeAnAddress("META_GRAPH_URL", meta.graphUrl());
    mustBeAnAddress("TOKENWARDEN_GATEWAY_URL", gateway.url());
    if (!meta.graphVersion().matches("v\\d{1,3}\\.\\d{1,3}")) {
      throw new IllegalStateException("META_GRAPH_VERSION must look like v25.0");
    }
  }

  static void mustBeAnAddress(String variable, URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    boolean plain =
        address.getRawQuery() == null
            && address.getRawFragment() == null
            && address.getRawUserInfo() == null;
    if (!web || address.getHost() == null || !plain) {
      throw new IllegalStateException(
          variable + " must be an http(s) address with a host, without a query");
    }
  }
}
