package io.tokenwarden.refresher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.refresher.FakeNeighbours.FakeConnection;
import io.tokenwarden.refresher.FakeNeighbours.Refusal;
import io.tokenwarden.testsupport.RealParts;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From an event on a real broker to the snapshot at auth-service.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "token-refresher"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeNeighbours.class)
class AccessCheckIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject DataSource database;
  FakeNeighbours neighbours;

  private final ConnectionId connection = new ConnectionId(UUID.randomUUID());
  private FakeConnection there;

  @BeforeEach
  void known() {
    there = neighbours.connection(connection);
  }

  @Test
  void putsWhatANewConnectionReachesWithTheGenerationItWasReadWith() {
    // given
    there.adAccounts = 5;

    // when
    Facts.connected(connection, 1, 1);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(1));
    var access = there.puts.getFirst();
    assertThat(access.path("generation").asLong()).isEqualTo(1);
    assertThat(access.path("complete").asBoolean()).isTrue();
    assertThat(access.at("/permissions/0/permission").asText()).isEqualTo("ads_read");
    assertThat(access.path("adAccounts").findValuesAsText("id"))
        .containsExactly("1000", "1001", "1002", "1003", "1004");
    assertThat(access.has("pixels") || access.has("pages") || access.has("businesses"))
        .as("a list that was not read is left out, not empty")
        .isFalse();
    assertThat(access.at("/adAccounts/0/timezone").asText()).isEqualTo("Europe/Berlin");
    assertThat(access.at("/adAccounts/0/name").asText()).isEqualTo("Account & 0");
    assertThat(there.calls)
        .containsOnly("/v25.0/me/permissions backfill", "/v25.0/me/adaccounts backfill");
  }

  @Test
  void checksOncePerGenerationHoweverManyEventsTellOfIt() {
    // given
    Facts.connected(connection, 1, 1);
    Facts.health(connection, 1, 2, TokenStatus.ACTIVE);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(1));

    // when
    there.generation = 2;
    Facts.health(connection, 2, 3, TokenStatus.ACTIVE);
    Facts.connected(connection, 2, 3);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(2));
    assertThat(there.puts.getLast().path("generation").asLong()).isEqualTo(2);
    await().during(Duration.ofSeconds(2)).until(() -> there.puts.size() == 2);
  }

  @Test
  void triesAgainSoonWhenTheGatewaySaysItMayPass() {
    // given
    there.refusals.add(new Refusal("permissions", 503, "TRANSIENT", null));
    there.refusals.add(new Refusal("adaccounts", 500, "SERVER_ERROR", "1"));

    // when
    Facts.connected(connection, 1, 1);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(row("attempts")).isEqualTo("0"));
  }

  @Test
  void putsThePermissionsAloneIfTheyDoNotAllowToListAdAccounts() {
    // given
    there.refusals.add(new Refusal("adaccounts", 400, "PERMISSION_MISSING", null));

    // when
    Facts.connected(connection, 1, 1);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(1));
    assertThat(there.puts.getFirst().path("complete").asBoolean()).isFalse();
    assertThat(there.puts.getFirst().path("permissions")).hasSize(1);
  }

  @Test
  void doesNotLoopOnADeadTokenAndForgetsTheWorkWithTheVerdict() throws SQLException {
    // given
    there.refusals.add(new Refusal("permissions", 400, "TOKEN_INVALIDATED", null));
    Facts.connected(connection, 1, 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(row("last_failure")).isEqualTo("TOKEN_INVALIDATED"));

    // when
    Facts.health(connection, 1, 2, TokenStatus.EXPIRED);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(row("id")).isNull());
    assertThat(there.calls).hasSize(1);
    assertThat(there.puts).isEmpty();
  }

  @Test
  void dropsTheWorkQuietlyIfTheGenerationIsNotCurrent() {
    // given
    there.putStatus = 409;

    // when
    Facts.connected(connection, 1, 1);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(row("id")).isNull());
  }

  @Test
  void waitsForAGatewayThatStillUsesTheGenerationBefore() {
    // given
    Facts.connected(connection, 2, 5);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(row("last_failure")).isEqualTo("GENERATION_MOVED"));

    // when
    there.generation = 2;

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(1));
    assertThat(there.puts.getFirst().path("generation").asLong()).isEqualTo(2);
  }

  @Test
  void aStateOlderThanTheOneKnownChangesNothing() throws SQLException {
    // given
    Facts.health(connection, 2, 9, TokenStatus.EXPIRED);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(revision()).isEqualTo("9"));

    // when
    Facts.connected(connection, 1, 1);
    Facts.health(connection, 2, 8, TokenStatus.ACTIVE);

    // then
    await().during(Duration.ofSeconds(3)).until(() -> row("id") == null);
    assertThat(revision()).isEqualTo("9");
    assertThat(there.calls).isEmpty();
  }

  @Test
  void doesAtOnceWhatAGoneReplicaHadInHand() throws SQLException {
    // given
    Facts.connected(connection, 1, 1);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(row("done_at")).isNotNull());

    // when
    leaseToAGoneReplicaForADay();

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.puts).hasSize(2));
  }

  /// No session has that number: they draw smaller ones.
  private void leaseToAGoneReplicaForADay() throws SQLException {
    try (var sql = database.getConnection();
        var statement =
            sql.prepareStatement(
                """
                update due_work set due_at = now(), lease = gen_random_uuid(),
                  leased_until = now() + interval '1 day', leased_by = 2147483647
                where connection_id = ?
                """)) {
      statement.setObject(1, connection.value());
      statement.executeUpdate();
    }
  }

  @Test
  void tellsItsHealthAndMetricsToAnybodyAndNothingElse() {
    RestAssured.get("/q/health/ready").then().statusCode(200);
    RestAssured.get("/q/health/live").then().statusCode(200);
    RestAssured.get("/q/metrics").then().statusCode(200);
  }

  private String row(String column) throws SQLException {
    return value("select " + column + " from due_work where connection_id = ?");
  }

  private String revision() throws SQLException {
    return value("select revision from connection_state where connection_id = ?");
  }

  private String value(String query) throws SQLException {
    try (var sql = database.getConnection();
        var statement = sql.prepareStatement(query)) {
      statement.setObject(1, connection.value());
      try (var answer = statement.executeQuery()) {
        return answer.next() ? answer.getString(1) : null;
      }
    }
  }
}
