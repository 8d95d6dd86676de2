package io.tokenwarden.outbox;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;

/// This process among the replicas of its service: it hears what any of them committed
/// ([DatabaseSignals]), what it leases is free when it is gone ([LeaseHolder]), and one of them
/// leads. Stays connected, whatever happens to the connection.
@ApplicationScoped
public class Replica {
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
    return current().map(ReplicaConnection::lead).orElseGet(() -> Uni.createFrom().item(false));
  }

  /// As whom this replica leases work now. Empty while it has no session: it is to lease nothing
  /// then, since anyone could take it over; workers are woken once it has one.
  public Optional<LeaseHolder> leaseHolder() {
    return current().map(ReplicaConnection::leaseHolder);
  }

  private Optional<ReplicaConnection> current() {
    return Optional.ofNullable(connection).filter(current -> !current.closed());
  }

  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> stayConnected() {
    return connected().chain(this::hear).onFailure().recoverWithUni(this::startOver);
  }

  private Uni<ReplicaConnection> connected() {
    return current()
        .map(Uni.createFrom()::item)
        .orElseGet(() ->
            ReplicaConnection.open(pool, signals::wake).invoke(opened -> connection = opened));
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
