package io.tokenwarden.refresher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.refresher.FakeNeighbours.FakeConnection;
import io.tokenwarden.refresher.FakeNeighbours.Outcome;
import io.tokenwarden.testsupport.RealParts;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From an event on a real broker to the request for another token at auth-service.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "token-refresher"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeNeighbours.class)
class RenewalIT {
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
  void aTokenCloseToItsEndIsRefreshedOnce() {
    // when
    Facts.ending(connection, 1, 1, TokenType.USER, in(5));

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("id")).isNull());
    assertThat(there.renewals).containsExactly("refresh 1");

    // and when the new token is announced
    Facts.ending(connection, 2, 2, TokenType.USER, in(60));

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("generation")).isEqualTo("2"));
    assertThat(due()).isBetween(in(53), in(53).plus(Duration.ofHours(12)));
    assertThat(there.renewals).hasSize(1);
  }

  @Test
  void aTokenFarFromItsEndIsLeftAlone() {
    // when
    Facts.ending(connection, 1, 1, TokenType.USER, in(30));

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("id")).isNotNull());
    await().during(Duration.ofSeconds(2)).until(there.renewals::isEmpty);
    assertThat(due()).isBetween(in(23), in(23).plus(Duration.ofHours(12)));
  }

  @Test
  void anOldTokenOfASystemUserIsRotated() {
    // when
    Facts.old(connection, 1, in(-1));

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(there.renewals).containsExactly("rotate 1"));
  }

  @Test
  void whoeverIsToldToWaitWaitsThatLong() {
    // given
    there.outcomes.add(new Outcome(200, "COOLING_DOWN", 3600L));

    // when
    Facts.ending(connection, 1, 1, TokenType.USER, in(5));

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(refresh("last_failure")).isEqualTo("COOLING_DOWN"));
    assertThat(due()).isAfter(Instant.now().plusSeconds(3500));
    assertThat(there.renewals).hasSize(1);
  }

  @Test
  void anAuthServiceThatFailsIsAskedAgainSoon() {
    // given
    there.outcomes.add(new Outcome(503, "", null));
    there.outcomes.add(new Outcome(500, "", null));

    // when
    Facts.ending(connection, 1, 1, TokenType.USER, in(5));

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.renewals).hasSize(3));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("id")).isNull());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void whatIsNotCurrentAnyMoreIsDropped(int status) {
    // given
    there.outcomes.add(new Outcome(status, "", null));

    // when
    Facts.ending(connection, 1, 1, TokenType.USER, in(5));

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.renewals).hasSize(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("id")).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALREADY_EXPIRED", "NEEDS_PERSON", "NOT_NEEDED", "OVERTAKEN"})
  void whereNothingIsLeftToDoNothingIsTriedAgain(String outcome) {
    // given
    there.outcomes.add(new Outcome(200, outcome, null));

    // when
    Facts.ending(connection, 1, 1, TokenType.USER, in(5));

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.renewals).hasSize(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("id")).isNull());
  }

  @Test
  void whatDiedMeanwhileIsNotRefreshed() {
    // given
    there.outcomes.add(new Outcome(200, "UNAVAILABLE", 3600L));
    Facts.ending(connection, 1, 1, TokenType.USER, in(5));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("last_failure")).isNotNull());

    // when
    Facts.health(connection, 1, 2, TokenStatus.EXPIRED);

    // then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(refresh("id")).isNull());
    assertThat(there.renewals).hasSize(1);
  }

  private static Instant in(int days) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(days));
  }

  private Instant due() {
    try {
      return Instant.parse(
          refresh("to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String refresh(String column) throws SQLException {
    try (var sql = database.getConnection();
        var statement =
            sql.prepareStatement(
                "select "
                    + column
                    + " from due_work where connection_id = ? and kind = 'REFRESH'")) {
      statement.setObject(1, connection.value());
      try (var answer = statement.executeQuery()) {
        return answer.next() ? answer.getString(1) : null;
      }
    }
  }
}
