package io.tokenwarden.gateway.connection;

import io.tokenwarden.gateway.store.Feed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once every connection is known: before that, a dead token could be sent to Meta.
@Readiness
@ApplicationScoped
class ConnectionsReady implements HealthCheck {

  private final Feed feed;

  @Inject
  ConnectionsReady(Feed feed) {
    this.feed = feed;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("connections").status(feed.loaded()).build();
  }
}
