package io.tokenwarden.testsupport.fleet;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A lock that the test holds until closed: whoever needs it waits, and can be seen to.
public final class HeldLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Who waits for the lock, or behind somebody who does.
  private static final String WAITERS =
      """
      with recursive waiting (pid) as (
        values (cast(? as integer))
        union
        select behind.pid from pg_stat_activity behind, waiting
        where waiting.pid = any(pg_blocking_pids(behind.pid))
      )
      select pid, usename, client_port, query from pg_stat_activity join waiting using (pid)
      where pid <> ?
      """;

  private final Database database;
  private final Connection connection;
  private final int backend;

  private HeldLock(Database database, Connection connection, int backend) {
    this.database = database;
    this.connection = connection;
    this.backend = backend;
  }

  /// Takes the locks that a statement takes, in a transaction that stays open:
  ///
  /// ```sql
  /// select 1 from auth.connection where id = ? for update
  /// lock table sync.connection_state in access exclusive mode
  /// select pg_advisory_xact_lock(hashtextextended(?, 0))
  /// ```
  ///
  /// Waits for it up to 30 s.
  public static HeldLock by(Database database, String statement, Object... parameters) {
    try {
      var connection = database.connect();
      connection.setAutoCommit(false);
      try (var taking = Database.prepared(connection, statement, parameters)) {
        taking.execute();
      }
      return new HeldLock(database, connection, backendOf(connection));
    } catch (SQLException e) {
      throw new IllegalStateException("Locking by: " + statement, e);
    }
  }

  private static int backendOf(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery("select pg_backend_pid()")) {
      answer.next();
      return answer.getInt(1);
    }
  }

  /// The sessions that wait for this lock now, those included that are queued behind another.
  public List<Waiter> waiters() {
    return database.rows(WAITERS, backend, backend).stream().map(HeldLock::waiter).toList();
  }

  private static Waiter waiter(Map<String, Object> row) {
    return new Waiter(
        ((Number) row.get("pid")).intValue(),
        (String) row.get("usename"),
        ((Number) row.get("client_port")).intValue(),
        (String) row.get("query"));
  }

  /// Waits up to 30 s until a process waits for this lock: the proof that it has come to this point
  /// and not beyond.
  public Waiter awaitWaiter(Replica replica) {
    return awaitWaiter(replica, "");
  }

  /// As [#awaitWaiter(Replica)], with a statement that contains this; others of its statements may
  /// wait as well.
  public Waiter awaitWaiter(Replica replica, String statement) {
    return await(replica + " waits for the lock with: " + statement)
        .atMost(PATIENCE)
        .until(() -> waiterOf(replica, statement), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Waiter> waiterOf(Replica replica, String statement) {
    var ports = replica.toPostgres().portsAtServer();
    return waiters().stream()
        .filter(waiter -> ports.contains(waiter.port()) && waiter.query().contains(statement))
        .findFirst();
  }

  /// A session that waits.
  ///
  /// @param role of the service, such as `auth`
  /// @param port its end of the connection
  /// @param query the statement that waits
  public record Waiter(int pid, String role, int port, String query) {}

  /// Lets go.
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException _) {
      // the server is gone, and the lock with it
    }
  }
}
