package io.tokenwarden.outbox;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Picks up rows that are due: whenever it is woken, and once a second for what no signal announced
/// (a due time that came, a lease that ended, a signal that was lost). One round at a time in this
/// process; across replicas, rows are shared by [Leasing].
///
/// A round that fails is made again at the next tick; of several in a row, the first is logged.
public final class Worker {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final String name;
  private final Vertx vertx;
  private final Supplier<Uni<Boolean>> round;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile boolean failing;

  private Worker(String name, Vertx vertx, Supplier<Uni<Boolean>> round) {
    this.name = name;
    this.vertx = vertx;
    this.round = round;
  }

  /// Begins to look for work, now and then until it is stopped.
  ///
  /// @param name for logs, and the name of the signal that wakes it ([DatabaseSignals])
  /// @param round claims and does some work; whether there may be more
  public static Worker start(
      String name, Vertx vertx, DatabaseSignals signals, Supplier<Uni<Boolean>> round) {
    var worker = new Worker(name, vertx, round);
    signals.on(name, worker::wake);
    vertx.setPeriodic(TICK.toMillis(), timer -> worker.tick(timer));
    return worker;
  }

  /// No further round begins.
  public void stop() {
    stopped = true;
  }

  /// Looks for work now, or again right after the round that is under way.
  public void wake() {
    woken.set(true);
    if (!stopped && running.compareAndSet(false, true)) {
      inContextOfItsOwn(() -> rounds().subscribe().with(_ -> rest(), this::restAfter));
    }
  }

  private void tick(long timer) {
    if (stopped) {
      vertx.cancelTimer(timer);
    } else {
      wake();
    }
  }

  /// Sessions belong to a context; each run gets one that nobody else uses.
  private void inContextOfItsOwn(Runnable work) {
    Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(context, true);
    context.runOnContext(_ -> work.run());
  }

  private Uni<Void> rounds() {
    return Uni.createFrom()
        .deferred(this::oneRound)
        .repeat()
        .whilst(more -> !stopped && (more || woken.get()))
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Boolean> oneRound() {
    woken.set(false);
    return round.get();
  }

  private void rest() {
    failing = false;
    running.set(false);
    if (woken.get()) {
      wake();
    }
  }

  private void restAfter(Throwable failure) {
    if (!failing) {
      LOG.warnf(failure, "A round of %s failed; made again every second", name);
    }
    failing = true;
    running.set(false);
  }
}
