package io.tokenwarden.auth.refresh;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.refresh.Beginning.Begun;
import io.tokenwarden.auth.refresh.Beginning.NothingToDo;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/// Goes on where a killed replica, or an outage, left a staged token, so that none stays staged for
/// ever.
@ApplicationScoped
class RenewalWorker {
  private static final Logger LOG = Logger.getLogger(RenewalWorker.class);
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
    return renewals.leftStaged().chain(found -> found.map(this::resume).orElse(NO_MORE));
  }

  /// @return whether there may be more
  private Uni<Boolean> resume(ConnectionId connection) {
    return renewals
        .resume(connection)
        .chain(this::goOn)
        .onFailure()
        .recoverWithUni(failure -> leaveAlone(connection, failure));
  }

  /// So that it holds up no other.
  private Uni<Boolean> leaveAlone(ConnectionId connection, Throwable failure) {
    LOG.warnf(failure, "A staged token cannot be proved now: connectionId=%s", connection);
    return renewals.leaveAlone(connection).replaceWith(true);
  }

  private Uni<Boolean> goOn(Beginning beginning) {
    return switch (beginning) {
      case Begun(var work) -> renewal.perform(work, RenewalSettlement.ACTOR).replaceWith(true);
      case NothingToDo _ -> NO_MORE;
    };
  }
}
