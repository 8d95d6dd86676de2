package io.tokenwarden.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// How callers know this gateway.
@ConfigMapping(prefix = "tokenwarden.gateway")
public interface GatewayConfig {

  /// The address in the paging links we hand out; never taken from the Host header. The default
  /// suits one machine; behind an ingress it is the ingress' address.
  @WithDefault("http://localhost:${quarkus.http.port}")
  URI url();
}
