package io.tokenwarden.auth.audit;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.RefusalTally.Share;
import io.tokenwarden.auth.audit.RefusalTally.Sum;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.DatabaseSignals;
import io.tokenwarden.outbox.Worker;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/// Writes down who was refused without ever having said who they are. Anybody can be refused as
/// often as they like, so the audit log takes the first of a kind in full and says how many more
/// there were ([RefusalTally]). Of a replica that is killed its last sum is missing; the last entry
/// in full says that there may have been one.
@ApplicationScoped
public class RefusalLog {
  private static final Logger LOG = Logger.getLogger(RefusalLog.class);
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

  private final AuditLog audit;
  private final Vertx vertx;
  private final DatabaseSignals signals;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final RefusalTally tally;
  private Worker worker;

  @Inject
  RefusalLog(
      AuditLog audit,
      Vertx vertx,
      DatabaseSignals signals,
      MeterRegistry metrics,
      AuditConfig config,
      Clock clock) {
    this.audit = audit;
    this.vertx = vertx;
    this.signals = signals;
    this.metrics = metrics;
    this.clock = clock;
    this.tally = tally(config.refusals());
  }

  private static RefusalTally tally(AuditConfig.Refusals config) {
    if (config.inFull() < 1) {
      throw new IllegalStateException("AUTH_AUDIT_REFUSALS_IN_FULL is at least 1");
    }
    if (config.window().compareTo(SHORTEST) < 0 || config.window().compareTo(LONGEST) > 0) {
      throw new IllegalStateException("AUTH_AUDIT_REFUSALS_WINDOW is from 1s to 1h");
    }
    return new RefusalTally(config.inFull(), config.window());
  }

  void start(@Observes StartupEvent event) {
    worker =
        Worker.start("refusals", vertx, signals, () -> sumUp(clock.instant()).replaceWith(false));
  }

  void stop(@Observes ShutdownEvent event) {
    worker.stop();
    try {
      VertxContextSupport.subscribeAndAwait(
          () -> write(tally.all(clock.instant())).ifNoItem().after(LAST_CHANCE).fail());
    } catch (Throwable e) {
      LOG.warn("Refusals that were counted last are not in the audit log", e);
    }
  }

  public Uni<Void> add(RefusalKind kind) {
    return add(kind, null, "");
  }

  /// In a transaction of its own: the refusal undoes whatever else was under way.
  ///
  /// @param connection null where it concerns none
  /// @param particulars what this one has beside its kind; never a secret
  public Uni<Void> add(RefusalKind kind, ConnectionId connection, String particulars) {
    return add(kind, connection, particulars, 1);
  }

  /// The same, of several that somebody else has counted together.
  public Uni<Void> add(RefusalKind kind, ConnectionId connection, String particulars, int times) {
    var share = tally.take(kind, clock.instant(), times);
    count(kind, share);
    return switch (share) {
      case IN_FULL -> write(kind, connection, kind.what() + particulars);
      case LAST_IN_FULL ->
          write(
              kind,
              connection,
              kind.what() + particulars + "; more of these are counted from here");
      case COUNTED -> NOTHING;
    };
  }

  private void count(RefusalKind kind, Share share) {
    metrics
        .counter(
            "tokenwarden.audit.refusals",
            "action",
            kind.action(),
            "entry",
            share == Share.COUNTED ? "counted" : "full")
        .increment();
  }

  private Uni<Void> write(RefusalKind kind, ConnectionId connection, String detail) {
    return Panache.withTransaction(
        () -> audit.add(kind.actor(), kind.action(), kind.workspace(), connection, detail));
  }

  /// Writes the sums that are due by then.
  Uni<Void> sumUp(Instant now) {
    return write(tally.due(now));
  }

  private Uni<Void> write(List<Sum> sums) {
    return Multi.createFrom()
        .iterable(sums)
        .onItem()
        .transformToUniAndConcatenate(sum -> write(sum).invoke(() -> tally.written(sum)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> write(Sum sum) {
    return write(
        sum.kind(),
        null,
        "%s: %d more from %s to %s"
            .formatted(
                sum.kind().what(),
                sum.counted(),
                sum.since().truncatedTo(SECONDS),
                sum.until().truncatedTo(SECONDS)));
  }
}
