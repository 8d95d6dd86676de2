package io.tokenwarden.refresher;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.SharedParts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends when, as announced on a real broker and asked over HTTP.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "token-refresher"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
@QuarkusTestResource(FakeNeighbours.class)
class RunwayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WorkspaceId workspace = WorkspaceId.of("runway-" + UUID.randomUUID());

  @Test
  void tellsTheNearestEndFirstAndWhatSavesIt() {
    // given
    var person = known(TokenType.USER, alive(in(20), in(10), List.of()));
    var robot =
        known(
            TokenType.SYSTEM_USER,
            alive(null, null, List.of(expiring("ROTATION_POLICY", null, in(5)))));
    known(TokenType.USER, alive(in(31), null, List.of()));
    known(TokenType.USER, dead(in(3)));

    // when
    var runway = runway("", 3);

    // then
    assertThat(runway.<String>getList("items.clock"))
        .containsExactly("ROTATION_POLICY", "DATA_ACCESS", "TOKEN");
    assertThat(runway.<String>getList("items.connectionId"))
        .containsExactly(robot.toString(), person.toString(), person.toString());
    assertThat(runway.<String>getList("items.savedBy"))
        .containsExactly("ROTATION", null, "REFRESH");
    assertThat(runway.<String>getList("items.remedy")).containsExactly(null, "reconnect", null);
    assertThat(runway.<Integer>getList("items.daysLeft")).containsExactly(4, 9, 19);
    assertThat(Instant.parse(runway.getString("items[2].endsAt"))).isEqualTo(in(20));
    assertThat(runway.<String>get("next")).isNull();
  }

  @Test
  void whatAuthServiceHasGivenUpIsAPersonsMatter() {
    // given
    known(TokenType.USER, alive(in(6), null, List.of(expiring("TOKEN", Remedy.RECONNECT, in(6)))));

    // when
    var runway = runway("", 1);

    // then
    assertThat(runway.<String>getList("items.savedBy")).containsExactly((String) null);
    assertThat(runway.<String>getList("items.remedy")).containsExactly("reconnect");
  }

  @Test
  void countsByWeekWhateverThePage() {
    // given
    var monday = LocalDate.parse("2027-01-04");
    for (int day : List.of(0, 6, 7)) {
      known(TokenType.USER, alive(noon(monday.plusDays(day)), null, List.of()));
    }

    runway("?days=400", 3);

    // when
    var runway = runway("?days=400&limit=1", 1);

    // then
    assertThat(runway.getList("items")).hasSize(1);
    assertThat(runway.<String>getList("weeks.from")).containsExactly("2027-01-04", "2027-01-11");
    assertThat(runway.<Integer>getList("weeks.ends.TOKEN")).containsExactly(2, 1);
  }

  @Test
  void isReadPageByPageWithoutLosingOrRepeatingAny() {
    // given
    var end = in(9);
    for (int i = 0; i < 5; i++) {
      known(TokenType.USER, alive(end, end, List.of()));
    }
    var all = runway("", 10).<String>getList("items.collect { it.connectionId + it.clock }");

    // when
    var read = new ArrayList<String>();
    String next = "";
    do {
      var page = runway("?limit=3&after=" + next, 1);
      read.addAll(page.getList("items.collect { it.connectionId + it.clock }"));
      next = page.getString("next");
    } while (next != null);

    // then
    assertThat(read).containsExactlyElementsOf(all).doesNotHaveDuplicates().hasSize(10);
  }

  @Test
  void nobodySeesAnothersRunway() {
    // given
    known(TokenType.USER, alive(in(9), null, List.of()));
    runway("", 1);

    // then
    as("viewer", "other")
        .get("/refresher/runway")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
    as("service", "*").get("/refresher/runway").then().statusCode(403);
    given().get("/refresher/runway").then().statusCode(401);
    assertThat(
            as("viewer", "*")
                .get("/refresher/runway?limit=1000&days=30")
                .jsonPath()
                .<String>getList("items.workspaceId"))
        .contains(workspace.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "days=0",
        "days=401",
        "days=-1",
        "days=x",
        "limit=0",
        "after=x",
        "after=1_2_3",
        "after=__"
      })
  void refusesWhatMakesNoSense(String query) {
    as("viewer", "demo").get("/refresher/runway?" + query).then().statusCode(400);
  }

  // ---- what is known

  private ConnectionId known(TokenType type, Health health) {
    var connection = new ConnectionId(UUID.randomUUID());
    Facts.say(
        new ConnectionState(
            workspace, connection, 1, 1, "4711", "1000001", type, Instant.EPOCH, health));
    return connection;
  }

  private static Health alive(Instant end, Instant dataAccess, List<Condition> conditions) {
    return Health.of(
        TokenStatus.ACTIVE,
        Lifecycle.CONNECTED,
        conditions,
        Map.of(),
        end,
        dataAccess,
        List.of(),
        null);
  }

  private static Health dead(Instant end) {
    return Health.of(
        TokenStatus.EXPIRED, Lifecycle.CONNECTED, List.of(), Map.of(), end, null, List.of(), null);
  }

  private static Condition expiring(String clock, Remedy remedy, Instant until) {
    return new Condition(
        ConditionKind.EXPIRING,
        null,
        ExpiryClock.valueOf(clock).name(),
        new ConnectionId(UUID.randomUUID()),
        remedy,
        Instant.EPOCH,
        until);
  }

  private static Instant in(int days) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(days));
  }

  private static Instant noon(LocalDate day) {
    return Instant.parse(day + "T12:00:00Z");
  }

  // ---- asking

  /// As soon as it has so many.
  private JsonPath runway(String query, int items) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                as("viewer", workspace.value())
                    .get("/refresher/runway" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath(),
            runway -> runway.getList("items").size() >= items);
  }

  private static RequestSpecification as(String role, String workspaces) {
    return given()
        .auth()
        .oauth2(SharedParts.bearers().of("ann", List.of(role), List.of(workspaces)));
  }
}
