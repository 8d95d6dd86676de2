package io.tokenwarden.refresher.renewal;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.refresher.RefresherConfig;
import io.tokenwarden.refresher.due.Work;
import io.tokenwarden.refresher.due.WorkKind;
import io.tokenwarden.refresher.due.WorkOutcome;
import io.tokenwarden.refresher.due.WorkOutcome.Over;
import io.tokenwarden.refresher.due.WorkOutcome.Postponed;
import io.tokenwarden.refresher.renewal.RenewalApi.Meant;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.function.BiFunction;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// The two ways in which a token is replaced by another.
@Singleton
class Renewals {
  private final RenewalApi auth;
  private final RefresherConfig config;

  @Inject
  Renewals(@RestClient RenewalApi auth, RefresherConfig config) {
    this.auth = auth;
    this.config = config;
  }

  /// Has a token replaced by one that ends later. Whether it does, auth-service judges.
  @Produces
  @Singleton
  Work refresh() {
    return new Renewal(WorkKind.REFRESH, config.scanEvery(), auth::refresh);
  }

  /// Has a system user's token that never ends replaced by a new one; the old one is revoked once
  /// the new one has worked.
  @Produces
  @Singleton
  Work rotation() {
    return new Renewal(WorkKind.ROTATION, config.scanEvery(), auth::rotate);
  }

  private record Renewal(
      WorkKind kind, Duration every, BiFunction<String, Meant, Uni<RenewalAnswer>> request)
      implements Work {

    @Override
    public Uni<WorkOutcome> run(ConnectionId connection, long generation) {
      return request
          .apply(connection.toString(), new Meant(generation))
          .map(RenewalAnswer::settled)
          .onFailure()
          .recoverWithItem(Renewals::refused);
    }
  }

  private static WorkOutcome refused(Throwable failure) {
    return failure instanceof WebApplicationException answer
        ? refused(answer.getResponse().getStatus())
        : new Postponed("AUTH_SERVICE_AWAY", true, Duration.ZERO);
  }

  private static WorkOutcome refused(int status) {
    return switch (status) {
      case 404, 409 -> Over.OBSOLETE;
      default -> new Postponed("AUTH_SERVICE_" + status, status >= 500, Duration.ZERO);
    };
  }
}
