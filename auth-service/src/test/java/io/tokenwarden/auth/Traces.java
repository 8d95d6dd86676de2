package io.tokenwarden.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.TwinParts;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What came of it: events, calls at Meta, the audit log and the rows behind the service.
public final class Traces {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Traces() {}

  // ---- events

  /// The events of a connection, at least so many.
  public static List<JsonNode> events(String topic, String connection, int count) {
    return TopicReader.shared().await(topic, connection, count).stream().map(Traces::json).toList();
  }

  /// The events of a connection that are there by now.
  public static List<JsonNode> eventsNow(String topic, String connection) {
    return TopicReader.shared().all(topic, connection).stream().map(Traces::json).toList();
  }

  public static JsonNode json(ReceivedRecord record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new AssertionError(record.toString(), e);
    }
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /// Waits until auth-service has taken these events and has nothing more to ask or to announce of
  /// the connection: what has not happened by then does not happen for them.
  public static void isAtRest(String connection, UUID... taken) {
    await()
        .untilAsserted(() -> {
          assertThat(
                  count("select count(*) from auth.inbox where event_id = any(?)", (Object) taken))
              .isEqualTo(taken.length);
          assertThat(
                  count(
                      """
                      select count(*) from auth.question
                      where connection_id = cast(? as uuid) and answered_at is null
                      """,
                      connection))
              .isZero();
          assertThat(
                  count(
                      "select count(*) from auth.outbox where starts_with(record_key, ?)",
                      connection))
              .isZero();
        });
  }

  // ---- at Meta

  /// What Meta was asked with a token of this person, or about one. Others may be asked about at
  /// the same time.
  public static List<String> pathsAskedAbout(Person person, long afterCall) {
    var twin = TwinParts.twin();
    var labels =
        stream(twin.tokens())
            .filter(token -> token.path("personId").asText().equals(person.id()))
            .map(token -> token.get("label").asText())
            .toList();
    return stream(twin.callsAfter(afterCall))
        .filter(call ->
            labels.contains(call.path("token").asText())
                || labels.contains(call.path("inputToken").asText()))
        .map(call -> call.get("path").asText())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  // ---- past the service, as nobody in production may

  /// What the audit log says of a connection: the actions, oldest first.
  public static List<String> audit(String connection) {
    return rows(
            "select action from auth.audit_log where connection_id = ?::uuid order by id",
            connection)
        .stream()
        .map(row -> row.get("action").toString())
        .toList();
  }

  /// The generations of the connection's tokens that are kept.
  public static List<Long> generationsKept(String connection) {
    return rows(
            "select generation from auth.access_token where connection_id = ?::uuid"
                + " order by generation",
            connection)
        .stream()
        .map(row -> (Long) row.get("generation"))
        .toList();
  }

  /// Spoils the key of a workspace as it is kept; the second time, mends it.
  public static void spoilKey(WorkspaceId workspace) {
    change(
        """
        update auth.workspace_key set wrapped =
          set_byte(wrapped, length(wrapped) - 1, get_byte(wrapped, length(wrapped) - 1) # 255)
        where workspace_id = ?
        """,
        workspace.value());
  }

  /// The number a query counts.
  public static long count(String query, Object... parameters) {
    return (Long) rows(query, parameters).getFirst().values().iterator().next();
  }

  public static List<Map<String, Object>> rows(String query, Object... parameters) {
    try (var database = SharedParts.postgres().connect("tokenwarden");
        var statement = database.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var found = statement.executeQuery();
      List<Map<String, Object>> rows = new ArrayList<>();
      while (found.next()) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.put(found.getMetaData().getColumnName(i), found.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /// How long after one time in a row another is.
  public static Duration between(Map<String, Object> row, String from, String to) {
    return Duration.between(time(row, from), time(row, to));
  }

  public static Instant time(Map<String, Object> row, String column) {
    return ((Timestamp) row.get(column)).toInstant();
  }

  /// How long so many attempts take at least, each with its pause after it.
  ///
  /// @param pauses after which attempt, from 1, how long it is
  public static Duration sum(IntFunction<Duration> pauses, int attempts) {
    return IntStream.rangeClosed(1, attempts)
        .mapToObj(pauses)
        .reduce(Duration.ZERO, Duration::plus);
  }

  public static void change(String statement, Object... parameters) {
    try (var database = SharedParts.postgres().connect("tokenwarden");
        var change = database.prepareStatement(statement)) {
      for (int i = 0; i < parameters.length; i++) {
        change.setObject(i + 1, parameters[i]);
      }
      change.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(statement, e);
    }
  }
}
