package io.tokenwarden.gateway.store;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.DatabaseSignals;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Carries every change of the schema into the memory of this replica: all of it at start, then
/// what changed, when woken by a commit of any replica and once a second in case a wake-up was
/// lost.
///
/// A change is found by the transaction that made it: what was still running at the last reading is
/// read again, so a transaction that commits late is not passed over.
@ApplicationScoped
public class Feed {

  private static final Logger LOG = Logger.getLogger(Feed.class);

  private static final String HORIZON = "select pg_snapshot_xmin(pg_current_snapshot())::text";

  private final Pool pool;
  private final List<Table> tables;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean readAgain = new AtomicBoolean();
  private volatile String readSince = "0";
  private volatile boolean loaded;

  @Inject
  public Feed(Pool pool, @All List<Table> tables) {
    this.pool = pool;
    this.tables = tables;
  }

  /// Whether everything has been read once; before that, not knowing something means nothing.
  public boolean loaded() {
    return loaded;
  }

  void start(@Observes StartupEvent event, DatabaseSignals signals) {
    signals.on("connections", this::wake);
    wake();
  }

  /// Reads what changed since the last time.
  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  public Uni<Void> sweep() {
    return readChanges().onFailure().invoke(this::notRead).onFailure().recoverWithNull();
  }

  private void wake() {
    readAgain.set(true);
    readChanges().subscribe().with(_ -> {}, this::notRead);
  }

  private void notRead(Throwable failure) {
    LOG.warn("What other replicas changed could not be read", failure);
  }

  /// One reading at a time; what is announced meanwhile is read right after.
  private Uni<Void> readChanges() {
    if (!reading.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    readAgain.set(false);
    return Uni.createFrom()
        .deferred(this::readOnce)
        .repeat()
        .whilst(_ -> readAgain.getAndSet(false))
        .onItem()
        .ignoreAsUni()
        .eventually(this::rest);
  }

  private void rest() {
    reading.set(false);
    if (readAgain.get()) {
      wake();
    }
  }

  private Uni<Boolean> readOnce() {
    String since = readSince;
    return pool.query(HORIZON)
        .execute()
        .map(rows -> rows.iterator().next().getString(0))
        .call(() -> readAll(since))
        .invoke(horizon -> readSince = horizon)
        .invoke(() -> loaded = true)
        .replaceWith(true);
  }

  private Uni<Void> readAll(String since) {
    return Multi.createFrom()
        .iterable(tables)
        .onItem()
        .transformToUniAndConcatenate(table -> read(table, since))
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Void> read(Table table, String since) {
    return pool.preparedQuery(table.changes())
        .execute(Tuple.of(since))
        .invoke(rows -> rows.forEach(table.learn()))
        .replaceWithVoid();
  }
}
