package io.tokenwarden.auth.refresh;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.refresh.Beginning.Begun;
import io.tokenwarden.auth.refresh.Beginning.NothingToDo;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Goes on where a killed replica, or an outage, left a staged token, so that none stays staged for
/// ever.
@ApplicationScoped
class RenewalWorker {
  private static final Uni<Boolean> NO_MORE = Uni.createFrom().item(false);

  private final Renewals renewals;
  private final TokenRenewal renewal;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private Worker worker;

  @Inject
  RenewalWorker(Renewals renewals, TokenRenewal renewal, Vertx vertx, DatabaseSignals signals) {
    this.renewals = renewals;
    this.renewal = renewal;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("renewal", vertx, signals, this::round);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }

  private Uni<Boolean> round() {
    return renewals.resume().chain(found -> found.map(this::goOn).orElse(NO_MORE));
  }

  /// @return whether there may be more
  private Uni<Boolean> goOn(Beginning beginning) {
    return switch (beginning) {
      case Begun(var work) -> renewal.perform(work, RenewalSettlement.ACTOR).replaceWith(true);
      case NothingToDo _ -> NO_MORE;
    };
  }
}
