package io.tokenwarden.refresher.due;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.tokenwarden.refresher.due.WorkOutcome.Done;
import io.tokenwarden.refresher.due.WorkOutcome.Over;
import io.tokenwarden.refresher.due.WorkOutcome.Postponed;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Does what is due, up to [#LANES] pieces of work at once; so one slow connection does not keep
/// the others waiting.
@ApplicationScoped
class DueWorker {
  private static final Logger LOG = Logger.getLogger(DueWorker.class);
  private static final int LANES = 4;

  /// After this an attempt has failed.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DueWork due;
  private final Map<WorkKind, Work> works;
  private final MeterRegistry metrics;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private List<Worker> lanes = List.of();

  @Inject
  DueWorker(
      DueWork due,
      @All List<Work> works,
      MeterRegistry metrics,
      Vertx vertx,
      DatabaseSignals signals) {
    this.due = due;
    this.works = works.stream().collect(Collectors.toMap(Work::kind, Function.identity()));
    this.metrics = metrics;
    this.vertx = vertx;
    this.signals = signals;
  }

  void start(@Observes StartupEvent event) {
    lanes =
        Stream.generate(() -> Worker.start(DueWork.SIGNAL, vertx, signals, this::workOnce))
            .limit(LANES)
            .toList();
  }

  void stop(@Observes ShutdownEvent event) {
    lanes.forEach(Worker::stop);
  }

  /// @return whether anything was due
  private Uni<Boolean> workOnce() {
    return due.claim()
        .call(claim -> claim.map(this::work).orElseGet(Uni.createFrom()::voidItem))
        .map(Optional::isPresent);
  }

  /// Wherever the work ended, it is settled where it began: a session needs the worker's context.
  private Uni<Void> work(Claim claim) {
    var work = works.get(claim.kind());
    return work.run(claim.connection(), claim.generation())
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(failure -> failed(claim, failure))
        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
        .invoke(outcome -> tell(claim, outcome))
        .chain(outcome -> due.settle(claim, outcome, work.every()));
  }

  private static WorkOutcome failed(Claim claim, Throwable failure) {
    LOG.warnf(failure, "Work failed: kind=%s connectionId=%s", claim.kind(), claim.connection());
    return new Postponed(failure.getClass().getSimpleName(), false, Duration.ZERO);
  }

  private void tell(Claim claim, WorkOutcome outcome) {
    LOG.infof(
        "Work ended: kind=%s connectionId=%s generation=%d outcome=%s",
        claim.kind(), claim.connection(), claim.generation(), name(outcome));
    metrics
        .counter("tokenwarden.work", "kind", claim.kind().name(), "outcome", name(outcome))
        .increment();
  }

  private static String name(WorkOutcome outcome) {
    return switch (outcome) {
      case Done() -> "DONE";
      case Over(var why) -> why;
      case Postponed(var failure, _, _) -> failure;
    };
  }
}
