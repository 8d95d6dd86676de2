package io.tokenwarden.auth.judge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/// Reads the clocks of connections when they have something to say.
@ApplicationScoped
class ClockWatch {
  private final DueClocks due;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private Worker worker;

  @Inject
  ClockWatch(DueClocks due, Vertx vertx, DatabaseSignals signals) {
    this.due = due;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    worker = Worker.start("clock", vertx, signals, due::readNext);
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
  }
}
