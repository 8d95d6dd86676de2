package io.tokenwarden.system.doors;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.system.stack.RunningStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// What auth-service has written down: everything it keeps, by table, and the audit log.
final class Ledger {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(500);

  private final RunningStack stack;

  Ledger(RunningStack stack) {
    this.stack = stack;
  }

  /// Every row of every table of the service but the audit log, once nothing is under way: what the
  /// connections there are reach is known, and nothing changes by itself.
  Map<String, String> settled() {
    var last = new AtomicReference<Map<String, String>>(Map.of());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .during(QUIET)
        .until(() -> everything().equals(last.getAndSet(everything())) && allAccessIsKnown());
    return last.get();
  }

  private boolean allAccessIsKnown() {
    return one("""
    select count(*)::text from auth.connection c
    where token_status = 'ACTIVE' and scopes like '%ads_read%'
      and not exists (select from auth.asset a where a.connection_id = c.id)
    """)
        .equals("0");
  }

  /// Every row of every table of the service but the audit log, now.
  Map<String, String> everything() {
    var all = new TreeMap<String, String>();
    try (var database = open()) {
      for (var table : tables(database)) {
        all.put(table, rows(database, table));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private static List<String> tables(Connection database) throws SQLException {
    return texts(
        database,
        """
        select table_name from information_schema.tables
        where table_schema = 'auth' and table_type = 'BASE TABLE'
          and table_name not like 'audit%'
        """);
  }

  private static String rows(Connection database, String table) throws SQLException {
    return texts(database, "select t::text from auth." + table + " t order by 1").stream()
        .collect(joining("\n"));
  }

  /// The number of the newest entry of the audit log.
  long lastEntry() {
    return Long.parseLong(one("select coalesce(max(id), 0)::text from auth.audit_log"));
  }

  /// The entries after that one about doors, as `action: detail`.
  List<String> refusalsAfter(long entry) {
    try (var database = open()) {
      return texts(
          database,
          """
          select action || ': ' || detail from auth.audit_log
          where id > %d and action in ('handoff.rejected', 'token.refused') order by id
          """
              .formatted(entry));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Lets the time of all handoffs under way run out, or gives it back.
  ///
  /// @param fromNow such as `-1 second`
  void letHandoffsEnd(String fromNow) {
    try (var database = open();
        var change = database.createStatement()) {
      change.executeUpdate(
          "update auth.handoff set expires_at = now() + interval '%s' where used_at is null"
              .formatted(fromNow));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String one(String query) {
    try (var database = open()) {
      return texts(database, query).getFirst();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(Connection database, String query) throws SQLException {
    var texts = new ArrayList<String>();
    try (var statement = database.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        texts.add(found.getString(1));
      }
    }
    return texts;
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(
        stack.databaseUrl(), stack.databaseUser(), stack.databasePassword());
  }
}
