package io.tokenwarden.gateway.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.handle.RevokedHandles;
import io.tokenwarden.outbox.DatabaseSignals;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Carries every change of the schema into the memory of this replica: all of it at start, then
/// what changed, when woken by a commit of any replica and once a second in case a wake-up was
/// lost.
///
/// A change is found by the transaction that made it: what was still running at the last reading is
/// read again, so a transaction that commits late is not passed over.
@ApplicationScoped
class ConnectionFeed {

  private static final Logger LOG = Logger.getLogger(ConnectionFeed.class);

  private static final String HORIZON = "select pg_snapshot_xmin(pg_current_snapshot())::text";
  private static final String CONNECTIONS =
      """
      select connection_id, workspace_id, generation, revision, app_id, meta_user_id, token_type, health::text
      from connection_health where changed_in >= $1::text::xid8
      """;
  private static final String DOUBTS =
      """
      select connection_id, generation, revision, probed_at
      from doubt where changed_in >= $1::text::xid8
      """;

  private static final String APPS =
      "select app_id, revision, blocked from app_standing where changed_in >= $1::text::xid8";

  private static final String REVOKED_HANDLES =
      "select handle_id from handle_revoked where changed_in >= $1::text::xid8";

  /// A table that every replica keeps in memory.
  ///
  /// @param changes the rows that were changed by a transaction or later ones
  private record Source(String changes, Consumer<Row> learn) {}

  private final Pool pool;
  private final List<Source> sources;
  private final Connections connections;
  private final ObjectMapper json;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean readAgain = new AtomicBoolean();
  private volatile String readSince = "0";

  @Inject
  ConnectionFeed(
      Pool pool, Connections connections, RevokedHandles revokedHandles, ObjectMapper json) {
    this.pool = pool;
    this.connections = connections;
    this.json = json;
    this.sources =
        List.of(
            new Source(CONNECTIONS, this::learn),
            new Source(DOUBTS, row -> connections.learn(doubt(row))),
            new Source(APPS, row -> connections.learn(app(row))),
            new Source(REVOKED_HANDLES, row -> revokedHandles.learn(row.getUUID(0))));
  }

  void start(@Observes StartupEvent event, DatabaseSignals signals) {
    signals.on("connections", this::wake);
    wake();
  }

  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> sweep() {
    return readChanges().onFailure().invoke(this::notRead).onFailure().recoverWithNull();
  }

  private void wake() {
    readAgain.set(true);
    readChanges().subscribe().with(_ -> {}, this::notRead);
  }

  private void notRead(Throwable failure) {
    LOG.warn("Changes of connections could not be read", failure);
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
        .invoke(connections::allLearned)
        .replaceWith(true);
  }

  private Uni<Void> readAll(String since) {
    return Multi.createFrom()
        .iterable(sources)
        .onItem()
        .transformToUniAndConcatenate(source -> read(source, since))
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Void> read(Source source, String since) {
    return pool.preparedQuery(source.changes())
        .execute(Tuple.of(since))
        .invoke(rows -> rows.forEach(source.learn()))
        .replaceWithVoid();
  }

  private static KnownApp app(Row row) {
    return new KnownApp(row.getString(0), row.getLong(1), row.getBoolean(2));
  }

  /// A row that a later version wrote in a way we cannot read hides no other.
  private void learn(Row row) {
    try {
      connections.learn(connection(row));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.errorf(e, "The stored state of connection %s cannot be read", row.getUUID(0));
    }
  }

  private KnownConnection connection(Row row) throws JsonProcessingException {
    return new KnownConnection(
        new ConnectionId(row.getUUID(0)),
        WorkspaceId.of(row.getString(1)),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        TokenType.valueOf(row.getString(6)),
        json.readValue(row.getString(7), Health.class));
  }

  private static Doubt doubt(Row row) {
    return new Doubt(
        new ConnectionId(row.getUUID(0)),
        row.getLong(1),
        row.getLong(2),
        row.getOffsetDateTime(3).toInstant());
  }
}
