package io.tokenwarden.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.App;
import io.tokenwarden.testsupport.MetaTwin.Token;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.SharedParts;
import io.tokenwarden.testsupport.TopicReader;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// An operator of the workspace `demo` at work, and what comes of it.
public final class Desk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WORKSPACE = "demo";

  private Desk() {}

  /// Connects with a token that was made by hand, under the managed app.
  ///
  /// @return the connection's id
  public static String paste(Token token) {
    return paste(token, MetaTwin.APP_ID);
  }

  public static String paste(Token token, String appId) {
    var answer =
        as("operator")
            .contentType("application/json")
            .body(Map.of("workspaceId", WORKSPACE, "appId", appId, "accessToken", token.value()))
            .post("/auth/connections");
    assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201);
    return answer.path("connectionId");
  }

  /// Registers an app as the workspace's own.
  public static void own(App app) {
    as("security-admin")
        .contentType("application/json")
        .body(Map.of("workspaceId", WORKSPACE, "appId", app.id(), "appSecret", app.secret()))
        .post("/auth/apps")
        .then()
        .statusCode(201);
  }

  /// `POST /auth/connections/{id}/{deed}` as an operator.
  public static Response order(String connection, String deed) {
    return as("operator").post("/auth/connections/" + connection + "/" + deed);
  }

  /// `POST /auth/internal/connections/{id}/{deed}` as token-refresher.
  public static Response orderInternally(String connection, String deed, long generation) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("token-refresher"))
        .contentType("application/json")
        .body(Map.of("generation", generation))
        .post("/auth/internal/connections/" + connection + "/" + deed);
  }

  /// Puts a listing of ad accounts, as token-refresher does.
  public static void reaches(String connection, long generation, List<String> adAccounts) {
    var listed = adAccounts.stream().map(id -> Map.of("id", id, "name", "Account")).toList();
    given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("token-refresher"))
        .contentType("application/json")
        .body(Map.of("generation", generation, "complete", true, "adAccounts", listed))
        .put("/auth/internal/connections/" + connection + "/access")
        .then()
        .statusCode(204);
  }

  public static Response look(String connection) {
    return as("viewer").get("/auth/connections/" + connection);
  }

  public static Response lease(String connection) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().ofService("graph-gateway"))
        .get("/auth/internal/credentials/" + connection);
  }

  public static RequestSpecification as(String role) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().of("ann", List.of(role), List.of(WORKSPACE)));
  }

  public static RequestSpecification stranger() {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().of("eve", List.of("viewer", "operator"), List.of("other")));
  }

  /// The events of a connection, at least so many.
  public static List<JsonNode> events(String topic, String connection, int count) {
    return TopicReader.shared().await(topic, connection, count).stream().map(Desk::json).toList();
  }

  /// The events of a connection that are there by now.
  public static List<JsonNode> eventsNow(String topic, String connection) {
    return TopicReader.shared().all(topic, connection).stream().map(Desk::json).toList();
  }

  public static JsonNode json(ReceivedRecord record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new AssertionError(record.toString(), e);
    }
  }

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
