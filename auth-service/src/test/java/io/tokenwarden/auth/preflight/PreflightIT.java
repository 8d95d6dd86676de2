package io.tokenwarden.auth.preflight;

import static io.tokenwarden.auth.Acts.as;
import static io.tokenwarden.auth.Acts.look;
import static io.tokenwarden.auth.Acts.order;
import static io.tokenwarden.auth.Acts.paste;
import static io.tokenwarden.auth.Acts.reaches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tokenwarden.auth.Acts;
import io.tokenwarden.auth.KeysetFile;
import io.tokenwarden.auth.Traces;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TwinParts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a preflight finds, on a real database, with the twin for Meta.
@QuarkusTest
@QuarkusTestResource(KeysetFile.class)
@QuarkusTestResource(TwinParts.class)
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "auth-service"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class PreflightIT {
  private final MetaTwin twin = TwinParts.twin();

  @AfterEach
  void metaIsWellAgain() {
    twin.clearFaults();
    twin.happensToTheApp("restore");
  }

  @Test
  void ofAHealthyConnectionNothingFails() {
    // given
    var person = twin.person("Ready", 2, 1);
    var token = twin.longLivedToken(person, "ads_read");
    var connection = paste(token);
    listed(connection, person, 1);
    var revision = look(connection).<Integer>path("revision");

    // when
    var report = preflight(connection);

    // then
    assertThat(results(report))
        .containsEntry("APP_SERVED", "PASS")
        .containsEntry("TOKEN_USABLE", "PASS")
        .containsEntry("PERMISSIONS", "PASS")
        .containsEntry("AD_ACCOUNT_ASSIGNED", "PASS")
        .containsEntry("AD_ACCOUNT_ACTIVE", "PASS")
        .containsEntry("AD_ACCOUNT_BILLABLE", "PASS")
        .containsEntry("MARKETING_API", "PASS")
        .containsEntry("CONVERSIONS_API", "PASS")
        .containsEntry("SYSTEM_USER_ROLE", "PASS")
        .containsEntry("APP_REVIEW", "UNKNOWN")
        .containsEntry("BUSINESS_ACCESS", "UNKNOWN")
        .doesNotContainValue("FAIL");
    report.then().body("result", equalTo("UNKNOWN"));
    assertThat(report.asString()).doesNotContain(token.value());
    look(connection).then().body("revision", equalTo(revision));
  }

  @Test
  void eachThingThatIsBrokenFailsByItsName() {
    // given
    var person = twin.person("Not ready", 2, 1);
    var connection = paste(twin.longLivedToken(person, "public_profile"));
    listed(connection, person, 3);
    twin.happensToTheApp("block");

    // when
    var report = preflight(connection);

    // then
    assertThat(results(report))
        .containsEntry("APP_SERVED", "FAIL")
        .containsEntry("PERMISSIONS", "FAIL")
        .containsEntry("AD_ACCOUNT_ACTIVE", "FAIL")
        .containsEntry("AD_ACCOUNT_BILLABLE", "FAIL")
        .containsEntry("MARKETING_API", "FAIL")
        .containsEntry("CONVERSIONS_API", "FAIL");
    report.then().body("result", equalTo("FAIL"));
  }

  @Test
  void anOutageLeavesItUnknown() {
    // given
    var person = twin.person("Ready in an outage", 1, 1);
    var connection = paste(twin.longLivedToken(person, "ads_read"));
    listed(connection, person, 1);
    twin.badDay("outage", ".*");

    // when / then
    assertThat(results(preflight(connection)))
        .containsEntry("APP_SERVED", "UNKNOWN")
        .containsEntry("MARKETING_API", "UNKNOWN");
  }

  @Test
  void ofADisconnectedConnectionTheTokenFails() {
    // given
    var connection = paste(twin.longLivedToken(twin.person("Gone", 1, 1), "ads_read"));
    order(connection, "disconnect").then().statusCode(200);

    // when / then
    assertThat(results(preflight(connection)))
        .containsEntry("TOKEN_USABLE", "FAIL")
        .containsEntry("MARKETING_API", "UNKNOWN");
  }

  @Test
  void strangersLearnNothing() {
    var connection = paste(twin.longLivedToken(twin.person("Private", 1, 1), "ads_read"));
    Acts.stranger().get("/auth/connections/" + connection + "/preflight").then().statusCode(404);
    preflight(UUID.randomUUID().toString()).then().statusCode(404);
    preflight("rubbish").then().statusCode(404);
  }

  private static Response preflight(String connection) {
    return as("viewer").get("/auth/connections/" + connection + "/preflight");
  }

  private static Map<String, String> results(Response report) {
    report.then().statusCode(200);
    Map<String, String> results = new TreeMap<>();
    for (Map<String, String> check : report.<List<Map<String, String>>>path("checks")) {
      results.put(check.get("name"), check.get("result"));
      assertThat(check.get("says")).isNotBlank();
      assertThat(check.get("toFindOut") != null)
          .as(check.toString())
          .isEqualTo(check.get("result").equals("UNKNOWN"));
    }
    return results;
  }

  private static void listed(String connection, Person person, int status) {
    reaches(connection, person);
    Traces.change(
        "update auth.asset set account_status = " + status + " where connection_id = ?::uuid",
        connection);
  }
}
