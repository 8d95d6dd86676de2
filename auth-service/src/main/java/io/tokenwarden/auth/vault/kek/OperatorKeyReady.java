package io.tokenwarden.auth.vault.kek;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready before the operator's key has answered once. Ready from then on, also while it is
/// away: what is remembered still opens, and taking all replicas out would end that too.
@Readiness
@ApplicationScoped
class OperatorKeyReady implements AsyncHealthCheck {
  private final OperatorKey key;

  @Inject
  OperatorKeyReady(OperatorKey key) {
    this.key = key;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return (key.hasAnswered() ? Uni.createFrom().voidItem() : key.prove())
        .map(_ ->
            HealthCheckResponse.named("operator's key")
                .status(key.hasAnswered())
                .withData("away", key.isAway())
                .build())
        .onFailure()
        .recoverWithItem(HealthCheckResponse.down("operator's key"));
  }
}
