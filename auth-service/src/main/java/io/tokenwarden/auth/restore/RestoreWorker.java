package io.tokenwarden.auth.restore;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Lets connections leap as long as a run is under way.
@ApplicationScoped
class RestoreWorker {
  private final RestoreRuns runs;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private Worker worker;

  @Inject
  RestoreWorker(RestoreRuns runs, Vertx vertx, DatabaseSignals signals) {
    this.runs = runs;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("restore_run", vertx, signals, runs::next);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }
}
