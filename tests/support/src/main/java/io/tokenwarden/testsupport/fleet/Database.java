package io.tokenwarden.testsupport.fleet;

import io.tokenwarden.embedded.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The product's database as its superuser sees it: all schemas, asked directly, past all links.
public final class Database {

  private final Session session;

  private Database(Session session) {
    this.session = session;
  }

  static Database at(PostgresAddress address) {
    return new Database(new KeptSessions(address));
  }

  /// Where statements run.
  interface Session {
    <T> T with(Work<T> work) throws SQLException;

    Connection open() throws SQLException;
  }

  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /// Asks.
  ///
  /// @param parameters of the statement, by place
  /// @return each row as a map by column name, in order
  public List<Map<String, Object>> rows(String query, Object... parameters) {
    try {
      return session.with(connection -> rows(connection, query, parameters));
    } catch (SQLException e) {
      throw new IllegalStateException("Asking: " + query, e);
    }
  }

  private static List<Map<String, Object>> rows(
      Connection connection, String query, Object... parameters) throws SQLException {
    try (var statement = prepared(connection, query, parameters);
        var answer = statement.executeQuery()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      while (answer.next()) {
        rows.add(row(answer));
      }
      return rows;
    }
  }

  private static Map<String, Object> row(ResultSet answer) throws SQLException {
    var columns = answer.getMetaData();
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      row.put(columns.getColumnLabel(i), answer.getObject(i));
    }
    return row;
  }

  /// The number a query counts.
  public long count(String query, Object... parameters) {
    return ((Number) rows(query, parameters).getFirst().values().iterator().next()).longValue();
  }

  /// Changes.
  ///
  /// @return how many rows were changed
  public int change(String statement, Object... parameters) {
    try {
      return session.with(connection -> change(connection, statement, parameters));
    } catch (SQLException e) {
      throw new IllegalStateException("Changing: " + statement, e);
    }
  }

  private static int change(Connection connection, String statement, Object... parameters)
      throws SQLException {
    try (var prepared = prepared(connection, statement, parameters)) {
      return prepared.executeUpdate();
    }
  }

  static PreparedStatement prepared(Connection connection, String text, Object... parameters)
      throws SQLException {
    var statement = connection.prepareStatement(text);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  Connection connect() throws SQLException {
    return session.open();
  }

  /// The same database, with changes that nobody else sees and that are taken back in the end.
  public Trial trial() {
    try {
      var connection = session.open();
      connection.setAutoCommit(false);
      return new Trial(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("Beginning a transaction", e);
    }
  }

  /// One transaction, which is rolled back.
  public static final class Trial implements AutoCloseable {
    private final Connection connection;

    private Trial(Connection connection) {
      this.connection = connection;
    }

    public Database database() {
      return new Database(
          new Session() {
            @Override
            public <T> T with(Work<T> work) throws SQLException {
              return work.on(connection);
            }

            @Override
            public Connection open() {
              return connection;
            }
          });
    }

    @Override
    public void close() {
      try (connection) {
        connection.rollback();
      } catch (SQLException e) {
        throw new IllegalStateException("Rolling back", e);
      }
    }
  }
}
