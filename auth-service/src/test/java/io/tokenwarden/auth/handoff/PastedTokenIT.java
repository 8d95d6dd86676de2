package io.tokenwarden.auth.handoff;

import static io.restassured.RestAssured.given;
import static io.tokenwarden.auth.Acts.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TwinParts;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of tokens that are pasted; the system tests play the ways that lead in.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class PastedTokenIT {
  private final MetaTwin twin = TwinParts.twin();

  @AfterEach
  void noFaultsAreLeft() {
    twin.clearFaults();
  }

  @Test
  void aTokenOfAKnownIdentityIsItsNextGeneration() {
    // given
    var person = twin.person("Pastes twice", 1, 1);
    String connection =
        paste(twin.longLivedToken(person, "ads_read").value())
            .then()
            .statusCode(201)
            .extract()
            .path("connectionId");

    // when
    var again = paste(twin.longLivedToken(person, "ads_read").value());

    // then
    again
        .then()
        .statusCode(200)
        .body("connectionId", equalTo(connection), "generation", equalTo(2));
  }

  @Test
  void whatItWasPastedForIsRememberedAndNotTakenAway() {
    // given
    var person = twin.person("For pages", 1, 1);
    var token = twin.longLivedToken(person, "ads_read");

    // when
    var pasted = paste(token.value(), Map.of("profile", "pages"));
    var again = paste(twin.longLivedToken(person, "ads_read").value());

    // then
    for (var answer : List.of(pasted, again)) {
      answer
          .then()
          .body(
              "profile", equalTo("pages"),
              "health.conditions[0].condition", equalTo("MISSING_SCOPE"),
              "health.conditions.subject[0]", equalTo("pages_read_engagement,pages_show_list"));
    }
  }

  @Test
  void aShortLivedTokenThatMetaDoesNotMakeLastIsRefused() {
    // given
    var person = twin.person("Stays short", 1, 1);
    twin.oddExchanges(person, true, true);
    var token = twin.shortLivedToken(person, "ads_read");

    // when
    var answer = paste(token.value());

    // then
    isRefused(answer, 400, "TOKEN_SHORT_LIVED", token.value());
    assertThat(connectionsOf(person)).isZero();
  }

  @Test
  void aDeadTokenIsRefused() {
    // given
    var person = twin.person("Dead", 1, 1);
    var token = twin.longLivedToken(person, "ads_read");
    twin.endToken(token.label(), Clock.systemUTC().instant().minusSeconds(60));

    // when / then
    isRefused(paste(token.value()), 400, "TOKEN_INVALID", token.value());
    isRefused(paste("EAAnonsense"), 400, "TOKEN_INVALID", "EAAnonsense");
    assertThat(connectionsOf(person)).isZero();
  }

  @Test
  void nothingIsDecidedWhileMetaIsAway() {
    // given
    var person = twin.person("Outage", 1, 1);
    var token = twin.longLivedToken(person, "ads_read");
    twin.fault("/debug_token$", 500, "<html>Sorry, something went wrong.</html>", "text/html");

    // when
    var answer = paste(token.value());

    // then
    isRefused(answer, 503, "META_UNAVAILABLE", token.value());
    assertThat(answer.getHeader("Retry-After")).isNotBlank();
    assertThat(connectionsOf(person)).isZero();

    // and when
    twin.clearFaults();

    // then
    paste(token.value()).then().statusCode(201).body("label", equalTo("Outage"));
  }

  @ParameterizedTest
  @CsvSource({
    "accessToken, ''",
    "accessToken, two words",
    "profile, everything",
    "label, 'two\nlines'",
    "workspaceId, ''"
  })
  void whatCannotBeMeantIsRefusedUnasked(String member, String value) {
    // given
    var person = twin.person("Meant otherwise", 1, 1);
    var token = twin.shortLivedToken(person, "ads_read");
    var before = twin.lastCall();

    // when
    var answer = paste(token.value(), Map.of(member, value));

    // then
    answer.then().statusCode(400).body("code", equalTo("BAD_REQUEST"));
    assertThat(Traces.pathsAskedAbout(person, before)).isEmpty();
  }

  @Test
  void onlyAnOperatorPastesAndOnlyWhereTheySee() {
    var order = Map.of("workspaceId", "demo", "accessToken", "EAAnonsense");
    as("viewer").body(order).post("/auth/connections").then().statusCode(403);
    as("operator", "other").body(order).post("/auth/connections").then().statusCode(404);
    given()
        .contentType("application/json")
        .body(order)
        .post("/auth/connections")
        .then()
        .statusCode(401);
    as("operator")
        .body(Map.of("workspaceId", "demo", "appId", "13", "accessToken", "EAAnonsense"))
        .post("/auth/connections")
        .then()
        .statusCode(404);
  }

  private static void isRefused(Response answer, int status, String code, String token) {
    answer.then().statusCode(status).body("code", equalTo(code));
    assertThat(answer.asString()).doesNotContain(token);
  }

  private static Response paste(String token) {
    return paste(token, Map.of());
  }

  private static Response paste(String token, Map<String, String> more) {
    var order = new HashMap<String, String>();
    order.put("workspaceId", "demo");
    order.put("accessToken", token);
    order.putAll(more);
    return as("operator").body(order).post("/auth/connections");
  }

  private static long connectionsOf(Person person) {
    return Traces.count("select count(*) from auth.connection where meta_user_id = ?", person.id());
  }
}
