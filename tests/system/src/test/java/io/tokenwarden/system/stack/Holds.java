package io.tokenwarden.system.stack;

import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// The quotas that nobody uses for now, after Meta has called them used up.
public final class Holds {

  /// As an operator ends them: by hand, in the row that all replicas follow.
  private static final String END =
      """
      update gateway.quota_hold set
        held_until = now(), free_at = now(), proven = true,
        revision = revision + 1, changed_in = pg_current_xact_id()
      where held_until > now()
      """;

  private Holds() {}

  /// Waits until there is one, and ends all: what comes after a test would wait for minutes.
  public static void end(RunningStack stack) {
    await().atMost(Duration.ofSeconds(10)).until(() -> ended(stack) > 0);
  }

  private static int ended(RunningStack stack) throws SQLException {
    try (var database =
            DriverManager.getConnection(
                stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
        var statement = database.createStatement()) {
      return statement.executeUpdate(END);
    }
  }
}
