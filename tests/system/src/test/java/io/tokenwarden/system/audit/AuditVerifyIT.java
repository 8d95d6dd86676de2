package io.tokenwarden.system.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `tokenwarden audit verify` on a running stack, before and after somebody with the whole database
/// in hand changed one word.
class AuditVerifyIT {
  private static final Pattern INTACT =
      Pattern.compile("intact, [0-9]+ entries through ([0-9]+:[0-9a-f]{64})");

  private final RunningStack stack = RunningStack.shared();

  @Test
  void oneWordThatWasChangedIsFound() throws SQLException {
    // given
    new Client(stack).connect(stack.twin().person("On record", 1, 1));
    await().until(() -> number("select count(*) from auth.audit_log where position is null") == 0);
    var before = stack.run("audit", "verify");
    assertThat(before.exitCode()).as(before.output()).isZero();
    assertThat(before.output()).containsPattern(INTACT);
    long first =
        number("select min(position) from auth.audit_log where action like 'connection.%'");

    // when
    rename("connection.", "collection.", first);
    var changed = stack.run("audit", "verify");
    rename("collection.", "connection.", first);

    // then
    assertThat(changed.exitCode()).as(changed.output()).isEqualTo(1);
    assertThat(changed.output()).contains("broken at position " + first + ",").contains("CHANGED");

    // and when
    var noted = INTACT.matcher(before.output());
    assertThat(noted.find()).isTrue();
    var since = stack.run("audit", "verify", "--from", noted.group(1));

    // then
    assertThat(since.exitCode()).as(since.output()).isZero();
  }

  @Test
  void aPlaceThatIsNoneIsWrongUse() {
    assertThat(stack.run("audit", "verify", "--from", "yesterday").exitCode()).isEqualTo(2);
  }

  private void rename(String from, String to, long position) throws SQLException {
    try (var superuser = superuser();
        var statement = superuser.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          "update auth.audit_log set action = replace(action, '%s', '%s') where position = %d"
              .formatted(from, to, position));
    }
  }

  private long number(String query) throws SQLException {
    try (var superuser = superuser();
        var statement = superuser.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection superuser() throws SQLException {
    return DriverManager.getConnection(
        stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
  }
}
