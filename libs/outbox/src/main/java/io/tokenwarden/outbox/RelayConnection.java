package io.tokenwarden.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/// The connection that makes a replica the one that relays: it holds an advisory lock, which
/// PostgreSQL frees when the connection ends, however the replica ends. A replica that is frozen
/// falls silent, and PostgreSQL ends its session ([#SILENCE_LIMIT]).
final class RelayConnection {
  /// Far longer than the sweep that keeps the session alive.
  private static final String SILENCE_LIMIT = "15s";

  private static final int LOCK = 0x6f757462; // "outb"

  private final SqlConnection sql;
  private volatile boolean leading;
  private volatile boolean closed;

  private RelayConnection(SqlConnection sql) {
    this.sql = sql;
  }

  static Uni<RelayConnection> open(Pool pool) {
    return pool.getConnection().map(RelayConnection::new).call(RelayConnection::prepare);
  }

  private Uni<Void> prepare() {
    PgConnection.cast(sql).closeHandler(() -> closed = true);
    return run("set idle_session_timeout = '" + SILENCE_LIMIT + "'").onFailure().call(this::close);
  }

  boolean closed() {
    return closed;
  }

  /// Whether this replica relays; asks for the lock if it does not have it yet. Asked at every
  /// sweep, it also keeps the session from falling silent.
  Uni<Boolean> lead() {
    if (leading) {
      return run("select 1").replaceWith(true);
    }
    return sql.preparedQuery("select pg_try_advisory_lock($1, hashtext(current_schema()))")
        .execute(Tuple.of(LOCK))
        .map(rows -> leading = rows.iterator().next().getBoolean(0));
  }

  /// Gives the connection back to the pool as it came: without lock, and with the pool's own idea
  /// of silence. (`discard all` would also discard the statements the pool has prepared.)
  Uni<Void> close() {
    closed = true;
    return run("select pg_advisory_unlock_all()")
        .chain(() -> run("reset idle_session_timeout"))
        .onFailure()
        .recoverWithNull()
        .chain(sql::close)
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> run(String statement) {
    return sql.query(statement).execute().replaceWithVoid();
  }
}
