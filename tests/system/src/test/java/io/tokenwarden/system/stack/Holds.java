package io.tokenwarden.system.stack;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The quotas that nobody uses for now, after Meta has called them used up.
public final class Holds {
  private static final Duration SOON = Duration.ofSeconds(15);

  /// As an operator ends them: by hand, in the row that all replicas follow.
  private static final String END =
      """
      update gateway.quota_hold set
        held_until = now(), free_at = now(), proven = true,
        revision = revision + 1, changed_in = pg_current_xact_id()
      where held_until > now()
      returning scope
      """;

  /// Once the word of it has come there.
  private static final String END_IN_AUTH =
      "update auth.quota_hold set held_until = now() where scope = ?";

  private Holds() {}

  /// Waits until there is one, and ends all: what comes after a test would wait for minutes.
  public static void end(RunningStack stack) {
    await()
        .atMost(SOON)
        .until(() -> ended(stack), ended -> !ended.isEmpty())
        .forEach(scope -> await().atMost(SOON).until(() -> endedInAuth(stack, scope)));
  }

  private static List<String> ended(RunningStack stack) throws SQLException {
    try (var database = open(stack);
        var statement = database.createStatement();
        var rows = statement.executeQuery(END)) {
      var scopes = new ArrayList<String>();
      while (rows.next()) {
        scopes.add(rows.getString(1));
      }
      return scopes;
    }
  }

  private static boolean endedInAuth(RunningStack stack, String scope) throws SQLException {
    try (var database = open(stack);
        var statement = database.prepareStatement(END_IN_AUTH)) {
      statement.setString(1, scope);
      return statement.executeUpdate() == 1;
    }
  }

  private static Connection open(RunningStack stack) throws SQLException {
    return DriverManager.getConnection(
        stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
  }
}
