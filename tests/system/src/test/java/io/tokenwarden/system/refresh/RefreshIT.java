package io.tokenwarden.system.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.MetaTwin.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/// On the whole product: a token that ends within the window is refreshed by itself, and what Meta
/// makes of it decides how that ends.
class RefreshIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Client client = new Client(stack);

  @Test
  void aPersonsTokenIsRefreshedOnceAndNobodyNoticesButTheCalendar() {
    // given
    var person = twin.person("Ends soon", 1, 1);
    var token = endsSoon(longLived(person));

    // when
    var connection = pasted(token);

    // then
    awaitGeneration(connection, 2);
    assertThat(endOf(connection)).isAfter(in(50));
    assertThat(twin.exchanges(token.label())).isEqualTo(1);
    assertThat(stack.topics().await("token.refreshed", connection, 1)).hasSize(1);
    assertThat(health(connection).at("/health/conditions")).isEmpty();
    assertThat(openNotifications(connection)).isZero();
  }

  @Test
  void soIsASystemUsersTokenOfSixtyDays() {
    // given
    var robot = twin.systemUser(twin.person("Employs", 1, 1), "Robot whose token ends");
    var token = endsSoon(twin.token(robot, "system-user", true, null, "ads_read"));

    // when
    var connection = pasted(token);

    // then
    awaitGeneration(connection, 2);
    assertThat(endOf(connection)).isAfter(in(50));
    assertThat(twin.exchanges(token.label())).isEqualTo(1);
  }

  @Test
  void whatMetaLeavesUnsaidItsInspectionSays() {
    // given
    var person = twin.person("Ends at a time unsaid", 1, 1);
    twin.oddExchanges(person, false, true);
    var token = endsSoon(longLived(person));

    // when
    var connection = pasted(token);

    // then
    awaitGeneration(connection, 2);
    assertThat(endOf(connection)).isAfter(in(50));
  }

  @Test
  void anExchangeThatMovesNothingIsToldWithTheDayByWhichToAct() {
    // given
    Person person = twin.person("Ends whatever one does", 1, 1);
    twin.oddExchanges(person, true, false);
    var token = endsSoon(longLived(person));

    // when
    var connection = pasted(token);

    // then
    var failed =
        json(stack.topics().await("token.refresh-failed", connection, 1).getFirst().text());
    assertThat(failed.get("reason").asText()).isEqualTo("NOT_EXTENDED");
    assertThat(Instant.parse(failed.get("actBy").asText())).isBefore(in(6));
    assertThat(health(connection).get("generation").asLong()).isEqualTo(1);
    assertThat(health(connection).at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(stack.topics().all("token.refreshed", connection)).isEmpty();
  }

  @Test
  void anOutageChangesNothingAndIsWaitedOut() {
    // given
    var token = endsSoon(longLived(twin.person("Ends in an outage", 1, 1)));
    var outage = twin.badDay("outage", "/oauth/access_token");
    var connection = pasted(token);

    // when
    try {
      await().atMost(PATIENCE).until(() -> twin.exchangesOf(token.label()) > 0);
    } finally {
      twin.clearFault(outage);
    }

    // then
    assertThat(health(connection).at("/health/tokenStatus").asText()).isEqualTo("ACTIVE");
    awaitGeneration(connection, 2);
    assertThat(twin.exchanges(token.label())).isEqualTo(1);
  }

  private Token longLived(Person person) {
    return twin.token(person, "long-lived", false, null, "ads_read");
  }

  private Token endsSoon(Token token) {
    twin.endToken(token.label(), in(5));
    return token;
  }

  private static Instant in(int days) {
    return Clock.systemUTC().instant().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
  }

  /// @return the connection's id
  private String pasted(Token token) {
    var order =
        JSON.createObjectNode().put("workspaceId", "demo").put("accessToken", token.value());
    return client
        .post("auth-service", "/auth/connections", order.toString())
        .get("connectionId")
        .asText();
  }

  private void awaitGeneration(String connection, long generation) {
    await()
        .atMost(PATIENCE)
        .until(() -> health(connection).get("generation").asLong() == generation);
  }

  private Instant endOf(String connection) {
    return Instant.parse(health(connection).at("/health/expiresAt").asText());
  }

  private JsonNode health(String connection) {
    return client.getJson("auth-service", "/auth/connections/" + connection);
  }

  private long openNotifications(String connection) {
    var open =
        client.getJson("notifier", "/notify/notifications?workspace=demo&state=OPEN").get("items");
    var count = 0L;
    for (var each : open) {
      count += each.toString().contains(connection) ? 1 : 0;
    }
    return count;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
