package io.tokenwarden.sync.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.tokenwarden.sync.SyncConfig;
import io.tokenwarden.sync.run.RunOutcome.Completed;
import io.tokenwarden.sync.run.RunOutcome.Failed;
import io.tokenwarden.sync.run.RunOutcome.LeaseLost;
import io.tokenwarden.sync.run.RunOutcome.Stopped;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Runs the schedules that are due, up to [#LANES] at once; so one long backfill does not keep the
/// others waiting. Woken by a signal when a run is wanted at once, else it looks every second.
@ApplicationScoped
class RunWorker {
  private static final Logger LOG = Logger.getLogger(RunWorker.class);
  private static final String SIGNAL = "schedule";
  private static final int LANES = 4;

  private final Runs runs;
  private final SyncRun syncRun;
  private final SyncConfig config;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private List<Worker> lanes = List.of();

  @Inject
  RunWorker(
      Runs runs,
      SyncRun syncRun,
      SyncConfig config,
      Clock clock,
      MeterRegistry metrics,
      Vertx vertx,
      DatabaseSignals signals) {
    this.runs = runs;
    this.syncRun = syncRun;
    this.config = config;
    this.clock = clock;
    this.metrics = metrics;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    config.check();
    lanes =
        Stream.generate(() -> Worker.start(SIGNAL, vertx, signals, this::runOnce))
            .limit(LANES)
            .toList();
  }

  void stop(@Observes ShutdownEvent event) {
    lanes.forEach(Worker::stop);
  }

  /// @return whether any schedule was due
  private Uni<Boolean> runOnce() {
    return runs.claim()
        .call(claim -> claim.map(this::run).orElseGet(Uni.createFrom()::voidItem))
        .map(Optional::isPresent);
  }

  private Uni<Void> run(Claim claim) {
    return syncRun
        .run(claim)
        .onFailure()
        .recoverWithItem(failure -> failed(claim, failure))
        .invoke(outcome -> tell(claim, outcome))
        .chain(outcome -> runs.settle(claim, outcome));
  }

  private static RunOutcome failed(Claim claim, Throwable failure) {
    LOG.warnf(
        failure,
        "A run failed: workspaceId=%s adAccountId=%s",
        claim.workspace(),
        claim.adAccount());
    return new Failed();
  }

  private void tell(Claim claim, RunOutcome outcome) {
    var took = Duration.between(claim.startedAt(), clock.instant());
    LOG.infof(
        "Run ended: workspaceId=%s adAccountId=%s full=%s outcome=%s took=%s",
        claim.workspace(), claim.adAccount(), claim.full(), name(outcome), took);
    metrics.timer("tokenwarden.sync.runs", "outcome", name(outcome)).record(took);
  }

  private static String name(RunOutcome outcome) {
    return switch (outcome) {
      case Completed _ -> "COMPLETED";
      case Stopped(var category, _, _) -> category.name();
      case Failed() -> "INTERNAL";
      case LeaseLost() -> "LEASE_LOST";
    };
  }
}
