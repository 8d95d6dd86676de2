package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class TwinStoryIT {

  private final String aFutureDay = LocalDate.now(Clock.systemUTC()).plusDays(2).toString();
  private final String since = LocalDate.now(Clock.systemUTC()).minusDays(70).toString();

  @TestHTTPResource("/")
  URI twin;

  @Inject TwinConfig config;

  private Visitor visitor;
  private JsonNode buyer;
  private String person;
  private String account;

  @BeforeEach
  void makeABuyer() {
    visitor = new Visitor(twin);
    buyer =
        visitor
            .post(
                "/twin/people",
                """
                {"name": "Buyer", "adAccounts": [
                  {"name": "West", "timezone": "America/Los_Angeles", "currency": "USD", "campaigns": 3},
                  {"name": "East", "timezone": "Asia/Tokyo", "currency": "EUR", "campaigns": 1}]}
                """)
            .json();
    person = buyer.get("id").asText();
    account = buyer.get("adAccounts").get(0).get("id").asText();
  }

  @Test
  void leadsFromTheDialogToALongLivedToken() {
    // given
    var shortLived = visitor.redeem(visitor.dance(person, "ads_read,business_management"));

    // when
    var longLived = visitor.exchange(shortLived.token());

    // then
    assertThat(shortLived.json().get("expires_in").asInt()).isEqualTo(5_400);
    assertThat(longLived.json().get("expires_in").asInt()).isEqualTo(5_183_944);
    assertThat(longLived.token()).hasSizeGreaterThan(150).matches("[A-Za-z0-9]+");
    var data = visitor.inspect(longLived.token()).json().get("data");
    assertThat(data.get("is_valid").asBoolean()).isTrue();
    assertThat(data.get("app_id").asText()).isEqualTo(FreshTwin.APP_ID);
    assertThat(data.get("user_id").asText()).isEqualTo(person);
    assertThat(texts(data.get("scopes")))
        .containsExactly("ads_read", "business_management", "public_profile");
  }

  @Test
  void takesACodeOnce() {
    // given
    var code = visitor.dance(person, "ads_read");
    visitor.redeem(code);

    // when
    var replayed = visitor.redeem(code);

    // then
    assertThat(replayed.error()).isEqualTo("400 100/36009");
    assertThat(replayed.json().at("/error/message").asText())
        .isEqualTo("This authorization code has been used.");
    assertThat(replayed.header("WWW-Authenticate")).contains("\"invalid_code\"");
  }

  @Test
  void takesACodeAndATokenInAForm() {
    // given
    var exchange =
        List.of(
            Map.entry("client_id", FreshTwin.APP_ID),
            Map.entry("client_secret", FreshTwin.APP_SECRET),
            Map.entry("redirect_uri", Visitor.REDIRECT),
            Map.entry("code", visitor.dance(person, "ads_read")));

    // when
    var token = visitor.postForm("/v25.0/oauth/access_token", exchange).token();
    var me =
        visitor.postForm(
            "/me", List.of(Map.entry("method", "get"), Map.entry("access_token", token)));

    // then
    assertThat(me.json().get("id").asText()).isEqualTo(person);
  }

  @Test
  void sendsThePersonBackWithARefusal() {
    // when
    var landed = visitor.answerDialog(person, "cancel", "ads_read");

    // then
    assertThat(landed)
        .isEqualTo(
            Visitor.REDIRECT
                + "?error=access_denied&error_code=200&error_description=Permissions+error"
                + "&error_reason=user_denied&state=a+b");
  }

  @Test
  void recordsWhatAPersonDoesNotAgreeTo() {
    // given
    var shy =
        visitor
            .post("/twin/people", "{\"name\": \"Shy\", \"scopes\": [\"business_management\"]}")
            .json();

    // when
    var token = visitor.connect(shy.get("id").asText());

    // then
    var permissions = visitor.get("/me/permissions", Map.of("access_token", token)).json();
    assertThat(permissions.get("data").toString())
        .contains("{\"permission\":\"ads_read\",\"status\":\"declined\"}")
        .contains("{\"permission\":\"business_management\",\"status\":\"granted\"}");
    assertThat(visitor.get("/me/adaccounts", Map.of("access_token", token)).error())
        .isEqualTo("403 200");
  }

  @Test
  void pagesThroughExactlyTheRowsItHolds() {
    // given
    var token = visitor.connect(person);
    var truth =
        visitor
            .get(
                "/twin/truth/insights",
                Map.of(
                    "account", account,
                    "level", "campaign",
                    "from", since,
                    "to", aFutureDay))
            .json();

    // when
    var pages = pages(token, "campaign");

    // then
    assertThat(pages).hasSizeGreaterThan(4);
    assertThat(pages.getFirst().at("/paging/next").asText())
        .startsWith(twin.resolve("/v25.0/act_" + account + "/insights?").toString())
        .contains("access_token=" + token)
        .contains("appsecret_proof=" + proof(token));
    var rows = pages.stream().flatMap(page -> stream(page.get("data"))).toList();
    assertThat(spendByDayAndCampaign(rows))
        .isEqualTo(spendByDayAndCampaign(stream(truth).toList()));
  }

  @Test
  void listsAdAccountsAndShowsOne() {
    // given
    var token = visitor.connect(person);
    var fields =
        "id,account_id,name,account_status,currency,timezone_name,timezone_offset_hours_utc";

    // when
    var listed =
        visitor.get(
            "/v25.0/me/adaccounts",
            Map.of("fields", fields, "limit", "1"),
            "Authorization",
            "OAuth " + token);
    var shown =
        visitor.get(
            "/v25.0/act_" + account, Map.of("fields", fields), "Authorization", "Bearer " + token);

    // then
    assertThat(listed.json().get("data").get(0)).isEqualTo(shown.json());
    assertThat(shown.json().get("id").asText()).isEqualTo("act_" + account);
    assertThat(shown.json().get("timezone_name").asText()).isEqualTo("America/Los_Angeles");
    assertThat(listed.json().at("/paging/next").asText()).contains("access_token=" + token);
    assertThat(shown.header("X-Business-Use-Case-Usage")).contains(account, "ads_management");
    assertThat(shown.header("facebook-api-version")).isEqualTo("v25.0");
  }

  @Test
  void killsEveryTokenWhenThePasswordChanges() {
    // given
    var shortLived = visitor.redeem(visitor.dance(person, "ads_read")).token();
    var token = visitor.exchange(shortLived).token();

    // when
    visitor.post("/twin/people/" + person + "/change-password", "");

    // then
    assertThat(List.of(me(token), me(shortLived), visitor.exchange(token), insights(token)))
        .allSatisfy(answer -> assertThat(answer.error()).isEqualTo("400 190/460"))
        .allSatisfy(answer ->
            assertThat(answer.header("WWW-Authenticate"))
                .startsWith("OAuth \"Facebook Platform\" \"invalid_token\" "));
    var inspected = visitor.inspect(token);
    assertThat(inspected.status()).isEqualTo(200);
    assertThat(inspected.json().at("/data/is_valid").asBoolean(true)).isFalse();
    assertThat(inspected.json().at("/data/error/subcode").asInt()).isEqualTo(460);
  }

  @Test
  void connectsAgainAfterThePasswordChanged() {
    // given
    var before = visitor.connect(person);
    visitor.post("/twin/people/" + person + "/change-password", "");

    // when
    var after = visitor.connect(person);

    // then
    assertThat(me(after).json().get("id").asText()).isEqualTo(person);
    assertThat(me(before).error()).isEqualTo("400 190/460");
  }

  @Test
  void refusesAWrongProof() {
    // given
    var token = visitor.connect(person);

    // when
    var wrong = visitor.get("/me", Map.of("access_token", token, "appsecret_proof", "00ff"));
    var right = visitor.get("/me", Map.of("access_token", token, "appsecret_proof", proof(token)));

    // then
    assertThat(wrong.error()).isEqualTo("400 100");
    assertThat(wrong.json().at("/error/message").asText())
        .isEqualTo("Invalid appsecret_proof provided in the API argument");
    assertThat(right.status()).isEqualTo(200);
  }

  @Test
  void answersStrangersAsMetaDoes() {
    // given
    var token = visitor.connect(person);

    // then
    assertThat(visitor.get("/v25.0/me", Map.of()).error()).isEqualTo("400 2500");
    assertThat(me("nonsense").error()).isEqualTo("400 190");
    assertThat(visitor.get("/me", Map.of(), "Authorization", "Bearer nonsense").error())
        .isEqualTo("401 190");
    assertThat(visitor.get("/act_1", Map.of("access_token", token)).error()).isEqualTo("403 200");
    assertThat(visitor.get("/12345", Map.of("access_token", token)).error())
        .isEqualTo("400 100/33");
    assertThat(visitor.get("/nobody", Map.of("access_token", token)).error()).isEqualTo("404 803");
  }

  @Test
  void failsAsOftenAsItIsTold() {
    // given
    visitor.post(
        "/twin/faults",
        """
        {"match": "/fault-target$", "status": 400, "times": 1,
         "body": {"error": {"message": "(#17) User request limit reached", "code": 17}}}
        """);

    // when
    var first = visitor.get("/v25.0/fault-target", Map.of());
    var second = visitor.get("/v25.0/fault-target", Map.of());

    // then
    assertThat(first.error()).isEqualTo("400 17");
    assertThat(second.error()).isEqualTo("400 2500");
  }

  @Test
  void namesTokensByLabelAndNeverByValue() throws IOException {
    // given
    var token = visitor.connect(person);
    var before = visitor.get("/twin/calls", Map.of("limit", "0")).json().get("last").asText();

    // when
    me(token);
    visitor.inspect(token);
    visitor.get("/v25.0/" + token, Map.of());

    // then
    var calls = visitor.get("/twin/calls", Map.of("after", before)).json().get("items");
    var label = calls.get(0).get("token").asText();
    assertThat(label).startsWith("token-");
    assertThat(calls.get(1).get("token").asText()).isEqualTo("app");
    assertThat(calls.get(1).get("inputToken").asText()).isEqualTo(label);
    assertThat(everythingShown())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).doesNotContain(token));
    assertThat(Files.readString(config.data().resolve("state.json"))).contains(token);
  }

  private List<String> everythingShown() throws IOException {
    return List.of(
        visitor.get("/twin/calls", Map.of("limit", "10000")).text(),
        visitor.get("/twin/tokens", Map.of()).text(),
        visitor.get("/twin/people", Map.of()).text(),
        visitor.get("/", Map.of()).text(),
        Files.readString(config.data().resolve("calls.jsonl")));
  }

  private Visitor.Answer me(String token) {
    return visitor.get("/v25.0/me", Map.of("fields", "id,name", "access_token", token));
  }

  private Visitor.Answer insights(String token) {
    return visitor.get("/v25.0/act_" + account + "/insights", Map.of("access_token", token));
  }

  private List<JsonNode> pages(String token, String level) {
    var pages = new ArrayList<JsonNode>();
    var page =
        visitor
            .get(
                "/v25.0/act_" + account + "/insights",
                Map.of(
                    "level",
                    level,
                    "fields",
                    "campaign_id,spend,impressions",
                    "time_increment",
                    "1",
                    "time_range",
                    "{\"since\":\"%s\",\"until\":\"%s\"}".formatted(since, aFutureDay),
                    "access_token",
                    token,
                    "appsecret_proof",
                    proof(token)))
            .json();
    pages.add(page);
    while (page.at("/paging").has("next")) {
      page = visitor.get(page.at("/paging/next").asText(), Map.of()).json();
      pages.add(page);
    }
    return pages;
  }

  private static List<String> spendByDayAndCampaign(List<JsonNode> rows) {
    return rows.stream()
        .map(row -> row.get("date_start") + " " + row.get("campaign_id") + " " + row.get("spend"))
        .toList();
  }

  private static String proof(String token) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              FreshTwin.APP_SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(JsonNode array) {
    return stream(array).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
