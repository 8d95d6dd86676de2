package io.tokenwarden.outbox;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/// This process among the replicas of its service: it hears what any of them committed
/// ([DatabaseSignals]), and one of them leads. Stays connected, whatever happens to the connection.
@ApplicationScoped
class Replica {
  private static final Logger LOG = Logger.getLogger(Replica.class);

  private final Pool pool;
  private final DatabaseSignals signals;
  private volatile ReplicaConnection connection;

  @Inject
  Replica(Pool pool, DatabaseSignals signals) {
    this.pool = pool;
    this.signals = signals;
  }

  /// Whether this replica leads now: of all that ask, one does. When it is no more, the next that
  /// asks takes its place.
  Uni<Boolean> leads() {
    var current = connection;
    return current == null || current.closed() ? Uni.createFrom().item(false) : current.lead();
  }

  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> stayConnected() {
    return connected().chain(this::hear).onFailure().recoverWithUni(this::startOver);
  }

  private Uni<ReplicaConnection> connected() {
    var current = connection;
    if (current != null && !current.closed()) {
      return Uni.createFrom().item(current);
    }
    return ReplicaConnection.open(pool, signals::wake).invoke(opened -> connection = opened);
  }

  /// Listens for what it does not listen for yet, and has that looked after: signals may have been
  /// missed.
  private Uni<Void> hear(ReplicaConnection current) {
    var unheard = signals.names().stream().filter(name -> !current.listensFor(name)).toList();
    if (unheard.isEmpty()) {
      return current.stillThere();
    }
    return current.listen(unheard).invoke(() -> unheard.forEach(name -> signals.wake(name, "")));
  }

  private Uni<Void> startOver(Throwable failure) {
    LOG.warnf("No signals from the database: %s", failure.getClass().getSimpleName());
    var broken = connection;
    connection = null;
    return broken == null ? Uni.createFrom().voidItem() : broken.giveBack();
  }
}
