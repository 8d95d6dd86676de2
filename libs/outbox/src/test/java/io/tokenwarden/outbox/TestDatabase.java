package io.tokenwarden.outbox;

import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.testsupport.SharedParts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The service's schema, seen and touched from outside, as the superuser.
final class TestDatabase {
  /// The process of the session that leads.
  static final String LEADING =
      """
      select pid from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid = 1869968482 and granted and usename = 'notifier'
      """;

  private static final String OF_THE_SERVICE =
      "select pid from pg_stat_activity where usename = 'notifier'";

  private TestDatabase() {}

  static List<UUID> effectsOn(String key) {
    return column("select event_id from notifier.effect where subject = ?", UUID.class, key);
  }

  static List<Long> waiting(String key) {
    return column(
        "select id from notifier.outbox where record_key = ? order by id", Long.class, key);
  }

  static void execute(String sql, Object... parameters) {
    execute(Schemas.DATABASE, sql, parameters);
  }

  /// The database is there no more: nobody gets in, and who was in is thrown out.
  static AutoCloseable away() {
    alter("allow_connections false");
    return () -> alter("allow_connections true");
  }

  /// The database still answers and takes no writes, as a former primary does.
  static AutoCloseable readOnly() {
    alter("set default_transaction_read_only = on");
    return () -> alter("reset default_transaction_read_only");
  }

  /// For sessions from now on; those the service has are ended.
  private static void alter(String change) {
    execute("postgres", "alter database " + Schemas.DATABASE + " " + change);
    endSessions(OF_THE_SERVICE);
  }

  /// Ends the sessions whose process ids the query gives; returns how many.
  static int endSessions(String pids) {
    return query(
            "postgres",
            "select pg_terminate_backend(pid) from (" + pids + ") as ended",
            Boolean.class)
        .size();
  }

  static <T> List<T> column(String sql, Class<T> type, Object... parameters) {
    return query(Schemas.DATABASE, sql, type, parameters);
  }

  private static <T> List<T> query(
      String database, String sql, Class<T> type, Object... parameters) {
    try (var connection = SharedParts.postgres().connect(database);
        var statement = prepared(connection, sql, parameters);
        var answer = statement.executeQuery()) {
      List<T> values = new ArrayList<>();
      while (answer.next()) {
        values.add(answer.getObject(1, type));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void execute(String database, String sql, Object... parameters) {
    try (var connection = SharedParts.postgres().connect(database);
        var statement = prepared(connection, sql, parameters)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
