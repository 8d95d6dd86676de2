package io.tokenwarden.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// Creates the product's database: each service has a role, which owns the schema of the same name
/// and can see no other. Running it again changes nothing but the passwords.
public final class Schemas {

  public static final String DATABASE = "tokenwarden";

  private Schemas() {}

  /// @param passwords by the name of schema and role, such as `auth`
  /// @throws IllegalStateException if the server refuses
  public static void create(PostgresAddress postgres, Map<String, Password> passwords) {
    try {
      try (var server = postgres.connect("postgres")) {
        createDatabase(server);
        for (var role : passwords.entrySet()) {
          createRole(server, role.getKey(), role.getValue());
        }
      }
      try (var database = postgres.connect(DATABASE)) {
        run(database, "revoke all on schema public from public");
        for (var schema : passwords.keySet()) {
          createSchema(database, schema);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Creating the schemas " + passwords.keySet(), e);
    }
  }

  private static void createDatabase(Connection server) throws SQLException {
    if (!exists(server, "select 1 from pg_database where datname = ?", DATABASE)) {
      run(server, "create database " + DATABASE);
    }
    run(server, "revoke all on database " + DATABASE + " from public");
  }

  private static void createRole(Connection server, String name, Password password)
      throws SQLException {
    if (!exists(server, "select 1 from pg_roles where rolname = ?", name)) {
      run(server, quoted(server, "create role %I login nosuperuser nocreatedb nocreaterole", name));
    }
    run(server, quoted(server, "alter role %I login password %L", name, password.reveal()));
    run(server, quoted(server, "grant connect on database " + DATABASE + " to %I", name));
    run(
        server,
        quoted(
            server, "alter role %1$I in database " + DATABASE + " set search_path = %1$I", name));
  }

  private static void createSchema(Connection database, String name) throws SQLException {
    run(database, quoted(database, "create schema if not exists %1$I authorization %1$I", name));
    run(database, quoted(database, "revoke all on schema %I from public", name));
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var answer = statement.executeQuery()) {
        return answer.next();
      }
    }
  }

  /// Names and passwords are put into a statement by PostgreSQL's own `format`.
  private static String quoted(Connection connection, String template, String... values)
      throws SQLException {
    var places = ", ?::text".repeat(values.length);
    try (var statement = connection.prepareStatement("select format(?" + places + ")")) {
      statement.setString(1, template);
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 2, values[i]);
      }
      try (var answer = statement.executeQuery()) {
        answer.next();
        return answer.getString(1);
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
