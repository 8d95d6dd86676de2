package io.tokenwarden.system.doors;

import static org.awaitility.Awaitility.await;

import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Photograph;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What auth-service has written down: everything it keeps, by table, and the audit log.
final class Ledger {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration QUIET = Duration.ofMillis(500);

  private final RunningStack stack;

  Ledger(RunningStack stack) {
    this.stack = stack;
  }

  /// Every row of every table of the service but the audit log, once nothing is under way: what the
  /// connections there are reach is known, and nothing changes by itself.
  Photograph settled() {
    return settled(this::everything, this::allAccessIsKnown);
  }

  /// Every row of every table there is, once this is so and nothing changes by itself; but for the
  /// counts of calls to Meta, which belong to no connection and go on by themselves.
  Photograph settled(BooleanSupplier enough) {
    return settled(() -> photograph(Ledger::allButCounts), enough);
  }

  static Photograph allButCounts(Connection database) throws SQLException {
    return Photograph.of(database)
        .without("gateway.quota_scope")
        .without("gateway.quota_use")
        .without("gateway.quota_lease");
  }

  /// Two equal pictures, both taken after it was enough and neither with an event on its way: one
  /// of them alone may have been taken just before the last thing happened.
  private static Photograph settled(Supplier<Photograph> camera, BooleanSupplier enough) {
    var last = new AtomicReference<Photograph>();
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(QUIET)
        .until(() -> {
          if (!enough.getAsBoolean()) {
            return false;
          }
          var now = camera.get();
          return now.equals(last.getAndSet(now)) && !now.hasEventsOnTheirWay();
        });
    return last.get();
  }

  private boolean allAccessIsKnown() {
    return one("""
    select count(*)::text from auth.connection c
    where token_status = 'ACTIVE' and scopes like '%ads_read%'
      and not exists (
        select from refresher.due_work w
        where w.connection_id = c.id and w.kind = 'ACCESS_CHECK' and w.generation = c.generation
          and w.done_at is not null)
    """)
        .equals("0");
  }

  /// Every row of every table of the service but the audit log, now.
  Photograph everything() {
    return photograph(database -> Photograph.of(database, "auth").without("auth.audit"));
  }

  /// How a picture of the database is taken.
  interface Camera {
    Photograph take(Connection database) throws SQLException;
  }

  Photograph photograph(Camera camera) {
    try (var database = open()) {
      return camera.take(database);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
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
    change(
        "update auth.handoff set expires_at = now() + interval '%s' where used_at is null"
            .formatted(fromNow));
  }

  void change(String statement) {
    try (var database = open();
        var change = database.createStatement()) {
      change.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  String one(String query) {
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
