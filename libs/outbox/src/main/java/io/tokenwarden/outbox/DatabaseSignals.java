package io.tokenwarden.outbox;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Wakes workers when a transaction of any replica has committed something for them.
///
/// A signal is PostgreSQL's `NOTIFY` on the channel `<name>_<schema>`; SQL sends it with
/// `pg_notify('<name>_' || current_schema(), '')`. It says "look now", and at most where to look:
/// signals sent while the connection was away are lost, so every listener is also called after each
/// reconnect, and no work may depend on a signal alone.
@ApplicationScoped
public class DatabaseSignals {
  private static final Logger LOG = Logger.getLogger(DatabaseSignals.class);

  private final Pool pool;
  private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
  private volatile SqlConnection connection;
  private volatile String schema;

  @Inject
  DatabaseSignals(Pool pool) {
    this.pool = pool;
  }

  /// Calls `wake` on the event loop at each signal of that name, and after each reconnect. To be
  /// called at start; `wake` returns at once and does its work on its own.
  public void on(String name, Runnable wake) {
    hear(name, _ -> wake.run());
  }

  /// As [#on], and told the payload: empty after a reconnect, when anything may have been missed.
  public void hear(String name, Consumer<String> wake) {
    listeners.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>()).add(wake);
    connection = null;
  }

  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> stayConnected() {
    var current = connection;
    if (listeners.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return current == null ? connect() : stillThere(current);
  }

  private Uni<Void> stillThere(SqlConnection current) {
    return current
        .query("select 1")
        .execute()
        .replaceWithVoid()
        .onFailure()
        .invoke(this::lost)
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> connect() {
    return pool.getConnection()
        .chain(opened -> listen(opened).onFailure().call(opened::close))
        .invoke(this::connected)
        .replaceWithVoid()
        .onFailure()
        .invoke(this::lost)
        .onFailure()
        .recoverWithNull();
  }

  private Uni<SqlConnection> listen(SqlConnection opened) {
    var postgres = PgConnection.cast(opened);
    postgres.notificationHandler(
        notification -> wake(notification.getChannel(), notification.getPayload()));
    postgres.closeHandler(() -> connection = null);
    return opened
        .query("select current_schema()")
        .execute()
        .invoke(rows -> schema = rows.iterator().next().getString(0))
        .chain(() -> listenToAll(opened))
        .replaceWith(opened);
  }

  private Uni<Void> listenToAll(SqlConnection opened) {
    return Multi.createFrom()
        .iterable(List.copyOf(listeners.keySet()))
        .onItem()
        .transformToUniAndConcatenate(name -> opened.query("listen " + channel(name)).execute())
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void connected(SqlConnection opened) {
    connection = opened;
    listeners.keySet().forEach(name -> wake(channel(name), ""));
  }

  private void wake(String channel, String payload) {
    listeners.forEach((name, wakes) -> {
      if (channel(name).equals(channel)) {
        wakes.forEach(wake -> wake.accept(payload));
      }
    });
  }

  private String channel(String name) {
    return name + "_" + schema;
  }

  private void lost(Throwable failure) {
    LOG.warnf("No signals from the database: %s", failure.getClass().getSimpleName());
    connection = null;
  }
}
