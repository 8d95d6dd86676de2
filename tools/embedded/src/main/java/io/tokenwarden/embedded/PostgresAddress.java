package io.tokenwarden.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Where a local PostgreSQL listens, and how its superuser gets in.
public record PostgresAddress(int port, Password password) {

  public static final String SUPERUSER = "postgres";

  /// A connection as the superuser.
  public Connection connect(String database) throws SQLException {
    var login = new Properties();
    login.setProperty("user", SUPERUSER);
    login.setProperty("password", password.reveal());
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "30");
    return DriverManager.getConnection(jdbcUrl(database), login);
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
