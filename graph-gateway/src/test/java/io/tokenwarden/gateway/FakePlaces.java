package io.tokenwarden.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/// Addresses at which a test puts up its stand-ins for Meta and auth-service.
public final class FakePlaces implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of(
        "meta.graph-url", "http://127.0.0.1:" + freePort(),
        "quarkus.rest-client.auth-service.url", "http://127.0.0.1:" + freePort(),
        "gateway.quotas", QuotaIT.QUOTAS);
  }

  @Override
  public void stop() {}

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("Looking for a free port", e);
    }
  }
}
