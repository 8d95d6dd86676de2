package io.tokenwarden.gateway.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once every connection is known: before that, a dead token could be sent to Meta.
@Readiness
@ApplicationScoped
class ConnectionsReady implements HealthCheck {

  private final Connections connections;

  @Inject
  ConnectionsReady(Connections connections) {
    this.connections = connections;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("connections").status(connections.loaded()).build();
  }
}
