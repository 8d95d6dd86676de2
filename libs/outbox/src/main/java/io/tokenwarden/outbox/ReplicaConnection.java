package io.tokenwarden.outbox;

import static java.util.stream.Collectors.joining;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgNotification;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// A connection that a replica keeps for itself: on it the replica hears what was committed; by one
/// advisory lock it shows that it is there, for as long as it is ([LeaseHolder]), and by another
/// one replica of the service leads.
///
/// PostgreSQL frees all of it when the session ends, however the replica ends. A replica that is
/// frozen falls silent, and its session is ended too ([#SILENCE_LIMIT]).
final class ReplicaConnection {
  /// Far longer than a replica that lives is ever silent.
  private static final String SILENCE_LIMIT = "15s";

  /// A connection that takes longer to answer is given up.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Of the lead, one per schema.
  private static final int LOCK = 0x6f757462; // "outb"

  /// Of a session that is there; migrations know the number.
  private static final int LEASE_HOLDER = 0x6c656173; // "leas"

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String UNDO =
      "unlisten *; select pg_advisory_unlock_all(); reset idle_session_timeout";

  private final SqlConnection sql;
  private final LeaseHolder leaseHolder = new LeaseHolder(RANDOM.nextInt(Integer.MAX_VALUE));
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private volatile String schema;
  private volatile boolean leading;
  private volatile boolean closed;

  private ReplicaConnection(SqlConnection sql) {
    this.sql = sql;
  }

  /// @param signals told the name and the payload of each signal this connection [listens
  ///   for][#listen]
  static Uni<ReplicaConnection> open(Pool pool, BiConsumer<String, String> signals) {
    return pool.getConnection()
        .map(ReplicaConnection::new)
        .chain(opened ->
            opened.prepare(signals).onFailure().call(opened::giveBack).replaceWith(opened));
  }

  private Uni<Void> prepare(BiConsumer<String, String> signals) {
    var postgres = PgConnection.cast(sql);
    postgres.closeHandler(() -> closed = true);
    postgres.notificationHandler(notification -> tell(notification, signals));
    return run("set idle_session_timeout = '" + SILENCE_LIMIT + "'")
        .chain(() -> run("select current_schema()"))
        .invoke(rows -> schema = rows.iterator().next().getString(0))
        .chain(() -> run("select pg_advisory_lock(" + LEASE_HOLDER + ", " + leaseHolder.id() + ")"))
        .replaceWithVoid();
  }

  private void tell(PgNotification notification, BiConsumer<String, String> signals) {
    var name =
        notification
            .getChannel()
            .substring(0, notification.getChannel().length() - schema.length() - 1);
    signals.accept(name, notification.getPayload());
  }

  boolean closed() {
    return closed;
  }

  /// Nobody else's, and nobody's any more once the session has ended.
  LeaseHolder leaseHolder() {
    return leaseHolder;
  }

  /// Fails if the session is there no more, and keeps it from falling silent if it is.
  Uni<Void> stillThere() {
    return run("select 1").replaceWithVoid();
  }

  boolean listensFor(String name) {
    return heard.contains(name);
  }

  Uni<Void> listen(Collection<String> names) {
    var statements = names.stream().map(name -> "listen \"" + name + "_" + schema + "\"");
    return run(statements.collect(joining("; ")))
        .invoke(() -> heard.addAll(names))
        .replaceWithVoid();
  }

  /// Whether this replica leads; asks for the lock if it does not have it yet.
  Uni<Boolean> lead() {
    if (leading) {
      return stillThere().replaceWith(true);
    }
    return run("select pg_try_advisory_lock(" + LOCK + ", hashtext(current_schema()))")
        .map(rows -> leading = rows.iterator().next().getBoolean(0));
  }

  /// Gives the connection back to the pool as it came: it hears nothing, holds no lock and may be
  /// silent. If it does not answer, this is the first thing it will do when it can. (`discard all`
  /// would also discard the statements that the pool has prepared.)
  Uni<Void> giveBack() {
    closed = true;
    return run(UNDO).onFailure().recoverWithNull().chain(sql::close).onFailure().recoverWithNull();
  }

  private Uni<RowSet<Row>> run(String statements) {
    return sql.query(statements).execute().ifNoItem().after(PATIENCE).fail();
  }
}
