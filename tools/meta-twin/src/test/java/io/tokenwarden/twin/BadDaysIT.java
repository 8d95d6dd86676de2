package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes wrong at Meta, and goes away again: every fault shows in all that Meta says about it,
/// leaves everything else alone, and is over without a trace.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class BadDaysIT {

  private static final Pattern BUTTON = Pattern.compile("action=\"(/control/[^\"]+)\"><button");

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private String person;
  private String west;
  private String east;
  private String pixel;
  private String token;

  @BeforeEach
  void connectABuyer() {
    visitor = new Visitor(twin);
    var buyer = visitor.post("/twin/people", "{\"name\": \"Buyer\"}").json();
    person = buyer.get("id").asText();
    west = buyer.at("/adAccounts/0/id").asText();
    east = buyer.at("/adAccounts/1/id").asText();
    pixel = buyer.at("/adAccounts/0/pixel/id").asText();
    token = visitor.connect(person);
  }

  @AfterEach
  void letMetaBeWell() {
    visitor.post("/twin/app/restore", "");
    visitor.postForm("/control/faults/clear", List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "checkpoint, 400 190/459",
    "unconfirm, 400 190/464",
    "blocking-checkpoint, 400 190/490"
  })
  void holdsEveryTokenOfThePersonUpUntilTheCheckpointIsPassed(String deed, String error) {
    // given
    var other = visitor.connect(aPerson());

    // when
    happens(deed);

    // then
    assertThat(List.of(me(), insights(west), permissions(), visitor.exchange(token)))
        .allSatisfy(answer -> assertThat(answer.error()).isEqualTo(error));
    assertThat(inspected().get("is_valid").asBoolean(true)).isFalse();
    assertThat("400 190/" + inspected().at("/error/subcode").asText()).isEqualTo(error);
    assertThat(visitor.get("/me", Map.of("access_token", other)).status()).isEqualTo(200);

    // and when
    happens("pass-checkpoint");

    // then
    assertThat(List.of(me(), insights(west), visitor.exchange(token)))
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(inspected().get("is_valid").asBoolean(false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "remove-app, 458",
    "change-password, 460",
    "expire-tokens, 463",
    "leave-business, 465",
    "revoke-tokens, 466",
    "log-out, 467",
    "stay-away, 468",
    "go-unused, 493"
  })
  void killsTokensInEveryWay(String deed, int subcode) {
    // when
    happens(deed);

    // then
    assertThat(List.of(me(), insights(west), visitor.exchange(token)))
        .allSatisfy(answer -> assertThat(answer.error()).isEqualTo("400 190/" + subcode));
    assertThat(inspected().get("is_valid").asBoolean(true)).isFalse();
    assertThat(inspected().at("/error/subcode").asInt()).isEqualTo(subcode);
  }

  @Test
  void endsDataAccessOfTokensThatLiveOn() {
    // when
    happens("end-data-access");

    // then
    assertThat(insights(west).error()).isEqualTo("400 190/493");
    assertThat(me().status()).isEqualTo(200);
    assertThat(inspected().get("is_valid").asBoolean()).isTrue();
  }

  @Test
  void contradictsItself() {
    // when
    happens("dispute");

    // then
    assertThat(List.of(me(), insights(west)))
        .allSatisfy(answer -> assertThat(answer.error()).isEqualTo("400 190/467"));
    assertThat(inspected().get("is_valid").asBoolean()).isTrue();

    // and when
    happens("settle");

    // then
    assertThat(me().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"POLICY, 400 368", "ACTION, 400 4/2207051"})
  void refusesWritesAloneWhileAPersonIsBlocked(String kind, String error) {
    // given
    token = visitor.redeem(visitor.dance(person, "ads_read,ads_management")).token();
    assertThat(write().status()).isEqualTo(200);

    // when
    block("{\"kind\": \"" + kind + "\", \"until\": \"2040-01-01T00:00:00Z\"}");

    // then
    assertThat(write().error()).isEqualTo(error);
    assertThat(insights(west).status()).isEqualTo(200);
    assertThat(inspected().get("is_valid").asBoolean()).isTrue();

    // and when
    block("{\"kind\": \"" + kind + "\", \"until\": \"2026-01-01T00:00:00Z\"}");

    // then
    assertThat(write().status()).as("its time is over").isEqualTo(200);

    // and when
    block("{}");
    var blocked = write();
    happens("unblock");

    // then
    assertThat(blocked.error()).isEqualTo("400 368");
    assertThat(write().status()).isEqualTo(200);
  }

  private void block(String order) {
    var answer = visitor.put("/twin/people/" + person + "/policy-block", order);
    assertThat(answer.status()).isEqualTo(204);
  }

  private Visitor.Answer write() {
    var campaign = get("/act_" + west + "/campaigns").json().at("/data/0/id").asText();
    return visitor.postForm(
        "/v25.0/" + campaign,
        List.of(Map.entry("status", "PAUSED"), Map.entry("access_token", token)));
  }

  @Test
  void keepsAPersonInACheckpointOutOfTheDialog() {
    // given
    happens("checkpoint");

    // when
    var landed = visitor.answerDialog(person, "continue", "ads_read");

    // then
    assertThat(landed).as("nowhere: the dialog says why").isEmpty();
  }

  @Test
  void servesNothingAPersonHasWithdrawn() {
    // when
    happens("permissions/ads_read/withdraw");

    // then
    assertThat(insights(west).error()).isEqualTo("403 200");
    assertThat(get("/me/adaccounts").error()).isEqualTo("403 200");
    assertThat(permissions().text())
        .contains("\"permission\":\"ads_read\",\"status\":\"declined\"");
    assertThat(texts(inspected().get("scopes"))).doesNotContain("ads_read");
    assertThat(inspected().get("is_valid").asBoolean()).isTrue();
    assertThat(me().status()).isEqualTo(200);

    // and when
    happens("permissions/ads_read/grant");

    // then
    assertThat(insights(west).status()).isEqualTo(200);
    assertThat(texts(inspected().get("scopes"))).contains("ads_read");
  }

  @ParameterizedTest
  @CsvSource({"lose, 400 100/33", "lose-grant, 403 200"})
  void losesOneAdAccountAndKeepsTheOther(String deed, String error) {
    // when
    happens("ad-accounts/" + west + "/" + deed);

    // then
    assertThat(List.of(get("/act_" + west), insights(west), get("/act_" + west + "/adspixels")))
        .allSatisfy(answer -> assertThat(answer.error()).isEqualTo(error));
    assertThat(get("/" + pixel).error()).isEqualTo("400 100/33");
    assertThat(listed("/me/adaccounts")).containsExactly("act_" + east);
    assertThat(insights(east).status()).isEqualTo(200);

    // and when
    happens("ad-accounts/" + west + "/regain");

    // then
    assertThat(listed("/me/adaccounts")).containsExactly("act_" + west, "act_" + east);
    assertThat(insights(west).status()).isEqualTo(200);
  }

  @Test
  void showsADisabledAdAccountByItsStatusAlone() {
    // when
    happens("ad-accounts/" + west + "/disable");

    // then
    assertThat(status(west)).isEqualTo(2);
    assertThat(status(east)).isEqualTo(1);
    assertThat(insights(west).status()).isEqualTo(200);

    // and when
    happens("ad-accounts/" + west + "/enable");

    // then
    assertThat(status(west)).isEqualTo(1);
  }

  @Test
  void losesAPixelAndNothingElse() {
    // given
    assertThat(listed("/act_" + west + "/adspixels")).containsExactly(pixel);
    assertThat(get("/" + pixel + "?fields=id,name,is_unavailable").json().get("name").asText())
        .isEqualTo("Buyer West Pixel");

    // when
    happens("pixels/" + pixel + "/lose");

    // then
    assertThat(listed("/act_" + west + "/adspixels")).isEmpty();
    assertThat(get("/" + pixel).error()).isEqualTo("400 100/33");
    assertThat(insights(west).status()).isEqualTo(200);

    // and when
    happens("pixels/" + pixel + "/regain");

    // then
    assertThat(get("/" + pixel).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "block, 400 200, API access blocked.",
    "delete, 400 101, Error validating application"
  })
  void turnsEveryCallOfTheAppAway(String deed, String error, String words) {
    // when
    visitor.post("/twin/app/" + deed, "");

    // then
    assertThat(List.of(me(), insights(west), visitor.inspect(token), visitor.exchange(token)))
        .allSatisfy(answer -> assertThat(answer.error()).isEqualTo(error))
        .allSatisfy(
            answer -> assertThat(answer.json().at("/error/message").asText()).startsWith(words));

    // and when
    visitor.post("/twin/app/restore", "");

    // then
    assertThat(me().status()).isEqualTo(200);
    assertThat(inspected().get("is_valid").asBoolean()).isTrue();
  }

  @Test
  void tellsAnAppTokenWithAnotherSecretApart() {
    // when
    var answer =
        visitor.get(
            "/debug_token",
            Map.of("input_token", token, "access_token", FreshTwin.APP_ID + "|another"));

    // then
    assertThat(answer.error()).isEqualTo("400 101");
  }

  @ParameterizedTest
  @CsvSource({
    "outage, 500 2",
    "unavailable, 503 2",
    "user-throttle, 400 17",
    "account-throttle, 400 17/2446079",
    "app-throttle, 403 4",
    "insights-throttle, 400 80000/2446079"
  })
  void hasItsBadDaysReady(String preset, String error) {
    // when
    fault(preset, "/insights");

    // then
    assertThat(insights(west).error()).isEqualTo(error);
    assertThat(insights(west).json().at("/error/fbtrace_id").asText()).startsWith("A");
    assertThat(me().status()).isEqualTo(200);
  }

  @Test
  void saysInWhichUnitsAThrottleEnds() {
    // when
    fault("insights-throttle", "/insights");
    fault("account-throttle", "/act_" + west + "$");
    fault("app-throttle", "/me");

    // then
    assertThat(insights(west).header("X-Business-Use-Case-Usage"))
        .startsWith("{\"" + west + "\":[{\"type\":\"ads_insights\"")
        .contains("\"estimated_time_to_regain_access\":1");
    assertThat(get("/act_" + west).header("X-Ad-Account-Usage"))
        .contains("\"acc_id_util_pct\":100", "\"reset_time_duration\":60");
    assertThat(me().header("X-App-Usage")).contains("\"call_count\":104");
    assertThat(insights(west).header("Retry-After")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"html-400, 400", "html-500, 500", "html-502, 502"})
  void answersWithAPageForPeople(String preset, int status) {
    // when
    fault(preset, "/");

    // then
    assertThat(me().status()).isEqualTo(status);
    assertThat(me().header("Content-Type")).startsWith("text/html");
    assertThat(me().text()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void cutsAnAnswerShort() {
    // when
    fault("truncated", "/insights");

    // then
    var answer = insights(west);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.text()).startsWith("{\"data\":[").doesNotEndWith("}");
  }

  @Test
  void refusesAPresetItDoesNotHave() {
    // when
    var answer = visitor.post("/twin/faults", "{\"preset\": \"flood\", \"match\": \"/\"}");

    // then
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void offersAWayBackForEverythingOnItsPage() {
    // given
    var before = buttons();
    var wellBefore = well();

    // when
    for (var action :
        List.of(
            "/checkpoint",
            "/permissions/ads_read/withdraw",
            "/ad-accounts/" + west + "/lose",
            "/ad-accounts/" + east + "/disable",
            "/pixels/" + pixel + "/lose")) {
      press(action);
    }
    press("/control/app/block");
    var troubled = page();

    // then
    assertThat(troubled)
        .contains(
            "checkpoint, 190/459", "declined", "lost, 100/33", "disabled", "API access blocked.");

    // and when
    for (var action :
        List.of(
            "/pass-checkpoint",
            "/permissions/ads_read/grant",
            "/ad-accounts/" + west + "/regain",
            "/ad-accounts/" + east + "/enable",
            "/pixels/" + pixel + "/regain")) {
      press(action);
    }
    press("/control/app/restore");

    // then
    assertThat(buttons()).isEqualTo(before);
    assertThat(well()).isEqualTo(wellBefore);
  }

  @Test
  void letsAFaultBeOrderedAndTakenAwayOnItsPage() {
    // when
    visitor.postForm(
        "/control/faults",
        List.of(
            Map.entry("preset", "outage"),
            Map.entry("match", "/insights"),
            Map.entry("times", "")));

    // then
    assertThat(insights(west).error()).isEqualTo("500 2");
    assertThat(page()).contains("until taken away");

    // and when
    var remove =
        buttons("/control/faults/").stream()
            .filter(action -> action.endsWith("/remove"))
            .findFirst()
            .orElseThrow();
    press(remove);

    // then
    assertThat(insights(west).status()).isEqualTo(200);
  }

  @Test
  void doesNothingForThePageOfAnotherSite() {
    // when
    var answer = visitor.postForm("/control/app/block", List.of(), "Sec-Fetch-Site", "cross-site");

    // then
    assertThat(answer.status()).isEqualTo(403);
    assertThat(me().status()).isEqualTo(200);
  }

  @Test
  void knowsNothingOfWhatIsNotTheirs() {
    // given
    var others = visitor.post("/twin/people", "{\"name\": \"Other\"}").json();
    var theirs = others.at("/adAccounts/0/id").asText();

    // then
    assertThat(
            List.of(
                "/twin/people/" + person + "/ad-accounts/" + theirs + "/lose",
                "/twin/people/" + person + "/ad-accounts/" + west + "/frobnicate",
                "/twin/people/" + person + "/frobnicate",
                "/twin/people/1/checkpoint",
                "/twin/app/frobnicate"))
        .allSatisfy(path -> assertThat(visitor.post(path, "").status()).isEqualTo(404));
  }

  private String aPerson() {
    return visitor.post("/twin/people", "{\"name\": \"Other\"}").json().get("id").asText();
  }

  private void happens(String deed) {
    var answer = visitor.post("/twin/people/" + person + "/" + deed, "");
    assertThat(answer.status()).as(deed).isEqualTo(204);
  }

  private void fault(String preset, String match) {
    var order = "{\"preset\": \"%s\", \"match\": \"%s\"}".formatted(preset, match);
    assertThat(visitor.post("/twin/faults", order).status()).as(preset).isEqualTo(201);
  }

  /// Presses a button of the page: one of this buyer's, or a whole address.
  private void press(String action) {
    var address = action.startsWith("/control/") ? action : "/control/people/" + person + action;
    assertThat(page()).contains("action=\"" + address + "\"");
    assertThat(visitor.postForm(address, List.of()).status()).as(address).isEqualTo(303);
  }

  private List<String> buttons() {
    return buttons("/control/people/" + person);
  }

  private List<String> buttons(String prefix) {
    return BUTTON
        .matcher(page())
        .results()
        .map(found -> found.group(1))
        .filter(action -> action.startsWith(prefix))
        .toList();
  }

  private List<Integer> well() {
    return List.of(me().status(), insights(west).status(), get("/" + pixel).status(), status(east));
  }

  private String page() {
    return visitor.get("/", Map.of()).text();
  }

  private Visitor.Answer me() {
    return get("/v25.0/me");
  }

  private Visitor.Answer permissions() {
    return get("/v25.0/me/permissions");
  }

  private Visitor.Answer insights(String account) {
    return get("/v25.0/act_" + account + "/insights");
  }

  private int status(String account) {
    return get("/act_" + account + "?fields=account_status").json().get("account_status").asInt();
  }

  private List<String> listed(String path) {
    return StreamSupport.stream(get(path).json().get("data").spliterator(), false)
        .map(item -> item.get("id").asText())
        .toList();
  }

  private Visitor.Answer get(String path) {
    return visitor.get(path, Map.of(), "Authorization", "Bearer " + token);
  }

  private JsonNode inspected() {
    return visitor.inspect(token).json().get("data");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
