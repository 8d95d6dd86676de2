package io.tokenwarden.auth.registry;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.service.Caller;
import io.tokenwarden.service.Problems;

/// Connection ids as callers write them. What is no id, what does not exist and what the caller may
/// not see all get the same answer.
public final class ConnectionIds {
  private ConnectionIds() {}

  /// @throws HttpProblem 404 if it cannot be one
  public static ConnectionId parse(String text) {
    try {
      return ConnectionId.of(text);
    } catch (IllegalArgumentException _) {
      throw unknown();
    }
  }

  /// @throws HttpProblem 404 if there is none, or the caller may not see it
  public static Connection visible(Connection connection, Caller caller) {
    if (connection == null || !caller.sees(connection.workspace())) {
      throw unknown();
    }
    return connection;
  }

  /// @throws HttpProblem 404 if there is none
  public static Connection existing(Connection connection) {
    if (connection == null) {
      throw unknown();
    }
    return connection;
  }

  private static HttpProblem unknown() {
    return Problems.notFound("There is no such connection");
  }
}
