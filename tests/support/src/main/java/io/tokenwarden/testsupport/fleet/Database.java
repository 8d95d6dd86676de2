package io.tokenwarden.testsupport.fleet;

import io.tokenwarden.embedded.PostgresAddress;
import io.tokenwarden.embedded.Schemas;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The product's database as its superuser sees it: all schemas.
///
/// @param address asked directly, past all links
public record Database(PostgresAddress address) {

  /// @param parameters of the statement, by place
  /// @return each row as a map by column name, in order
  public List<Map<String, Object>> rows(String query, Object... parameters) {
    try (var connection = connect();
        var statement = prepared(connection, query, parameters);
        var answer = statement.executeQuery()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      while (answer.next()) {
        rows.add(row(answer));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("Asking: " + query, e);
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

  /// @return how many rows were changed
  public int change(String statement, Object... parameters) {
    try (var connection = connect();
        var prepared = prepared(connection, statement, parameters)) {
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Changing: " + statement, e);
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
    return address.connect(Schemas.DATABASE);
  }
}
