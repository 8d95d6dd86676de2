package io.tokenwarden.testsupport.fleet;

import io.tokenwarden.embedded.PostgresAddress;
import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.testsupport.fleet.Database.Session;
import io.tokenwarden.testsupport.fleet.Database.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Connections that are used again: to log in costs the machine many times what a statement does,
/// and whoever waits for something asks ten times a second. One that did not live through a kill of
/// the server is replaced.
final class KeptSessions implements Session {
  private static final int SECONDS_TO_ANSWER = 2;

  private final PostgresAddress address;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  KeptSessions(PostgresAddress address) {
    this.address = address;
  }

  @Override
  public <T> T with(Work<T> work) throws SQLException {
    var connection = idleOrNew();
    try {
      return work.on(connection);
    } finally {
      idle.push(connection);
    }
  }

  private Connection idleOrNew() throws SQLException {
    for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
      if (connection.isValid(SECONDS_TO_ANSWER)) {
        return connection;
      }
      connection.close();
    }
    return open();
  }

  @Override
  public Connection open() throws SQLException {
    return address.connect(Schemas.DATABASE);
  }
}
