package io.tokenwarden.gateway;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;

/// Refuses to start with addresses and limits nothing could come of.
@ApplicationScoped
class ConfigCheck {

  void atStart(
      @Observes StartupEvent event,
      MetaConfig meta,
      GatewayConfig gateway,
      UpstreamConfig upstream,
      CallerConfig caller,
      UploadConfig upload) {
    mustBeAnAddress("META_GRAPH_URL", meta.graphUrl());
    mustBeAnAddress("META_GRAPH_VIDEO_URL", meta.videoUrl());
    mustBeAnAddress("TOKENWARDEN_GATEWAY_URL", gateway.url());
    if (!meta.graphVersion().matches("v\\d{1,3}\\.\\d{1,3}")) {
      throw new IllegalStateException("META_GRAPH_VERSION must look like v25.0");
    }
    mustBePositive("GATEWAY_UPSTREAM_CONNECTIONS", upstream.connections());
    mustBePositive("GATEWAY_UPSTREAM_QUEUE", upstream.queue());
    mustBePositive("GATEWAY_UPSTREAM_SILENCE", upstream.silence().toMillis());
    mustBePositive("GATEWAY_CALLER_SILENCE", caller.silence().toMillis());
    mustBePositive("GATEWAY_UPLOAD_LIMIT", upload.limit().asLongValue());
    mustBePositive("GATEWAY_UPLOAD_DISK", upload.disk().asLongValue());
  }

  static void mustBePositive(String variable, long value) {
    if (value < 1) {
      throw new IllegalStateException(variable + " must be more than nothing");
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
