package io.tokenwarden.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that no dialog gave, clocks that somebody moved, and exchanges that turn out oddly.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class TokensByHandIT {

  @TestHTTPResource("/")
  URI twin;

  private Visitor visitor;
  private JsonNode buyer;
  private String person;
  private String account;

  @BeforeEach
  void makeABuyer() {
    visitor = new Visitor(twin);
    buyer = visitor.post("/twin/people", "{\"name\": \"Buyer\"}").json();
    person = buyer.get("id").asText();
    account = buyer.at("/adAccounts/0/id").asText();
  }

  @Test
  void givesASystemUserATokenThatNeverEnds() {
    // given
    var user = systemUser();

    // when
    var token = made(user, "{\"kind\": \"system-user\", \"scopes\": [\"ads_read\"]}");

    // then
    var data = visitor.inspect(token).json().get("data");
    assertThat(data.get("type").asText()).isEqualTo("SYSTEM_USER");
    assertThat(data.get("user_id").asText()).isEqualTo(user);
    assertThat(data.get("is_valid").asBoolean()).isTrue();
    assertThat(data.get("expires_at").asLong(-1)).isZero();
    assertThat(data.get("data_access_expires_at").asLong(-1)).isZero();
    assertThat(get("/act_" + account + "/insights", token).status()).isEqualTo(200);
    assertThat(refresh(token).error()).as("nothing to refresh").isEqualTo("400 100");
  }

  @Test
  void refreshesASystemUserTokenThatEnds() {
    // given
    var token =
        made(
            systemUser(),
            "{\"kind\": \"system-user\", \"scopes\": [\"ads_read\"], \"expires\": true}");
    var end = expiresAt(token);
    move(token, "{\"expiresAt\": \"" + end.minus(Duration.ofDays(50)) + "\"}");

    // when
    var answer = refresh(token);

    // then
    assertThat(answer.json().get("expires_in").asLong()).isEqualTo(Duration.ofDays(60).toSeconds());
    assertThat(answer.token()).isNotEqualTo(token);
    assertThat(expiresAt(answer.token())).isAfterOrEqualTo(end);
    assertThat(visitor.inspect(answer.token()).json().at("/data/type").asText())
        .isEqualTo("SYSTEM_USER");
    assertThat(me(token).status()).as("the old one lives on").isEqualTo(200);
    assertThat(visitor.exchange(token).error())
        .as("without saying sixty days")
        .isEqualTo("400 100");
  }

  @Test
  void letsWhoManagesTheBusinessIssueSystemUserTokens() {
    // given
    var user = systemUser();
    var token = visitor.connect(person);
    var order =
        List.of(
            Map.entry("business_app", FreshTwin.APP_ID),
            Map.entry("scope", "ads_read,business_management"),
            Map.entry("set_token_expires_in_60_days", "true"),
            Map.entry("access_token", token));

    // when
    var before = visitor.postForm("/v25.0/" + user + "/access_tokens", order);
    visitor.postForm("/v25.0/" + user + "/applications", order);
    var issued = visitor.postForm("/v25.0/" + user + "/access_tokens", order);

    // then
    assertThat(before.error()).as("not installed").isEqualTo("400 100");
    assertThat(me(issued.token()).json().get("id").asText()).isEqualTo(user);
    assertThat(expiresAt(issued.token()))
        .isBetween(daysAhead(60).minusSeconds(60), daysAhead(60).plusSeconds(60));

    // and when
    var all = visitor.delete("/v25.0/" + user + "/access_tokens", Map.of("access_token", token));

    // then
    assertThat(all.json().get("success").asBoolean()).isTrue();
    assertThat(me(issued.token()).error()).isEqualTo("400 190/466");
  }

  @Test
  void keepsStrangersFromASystemUser() {
    // given
    var user = systemUser();
    var stranger = visitor.post("/twin/people", "{\"name\": \"Stranger\"}").json().get("id");
    var order =
        List.of(
            Map.entry("business_app", FreshTwin.APP_ID),
            Map.entry("scope", "ads_read"),
            Map.entry("access_token", visitor.connect(stranger.asText())));

    // when
    var answer = visitor.postForm("/v25.0/" + user + "/access_tokens", order);

    // then
    assertThat(answer.error()).isEqualTo("400 100/33");
  }

  @Test
  void losesASystemUserThatIsNoLongerTheBusinesss() {
    // given
    var user = systemUser();
    var token = made(user, "{\"kind\": \"system-user\", \"scopes\": [\"ads_read\"]}");

    // when
    visitor.post("/twin/people/" + user + "/leave-business", "");

    // then
    assertThat(me(token).error()).isEqualTo("400 190/465");
    assertThat(visitor.inspect(token).json().at("/data/error/subcode").asInt()).isEqualTo(465);
  }

  @Test
  void handsOutAShortLivedTokenWithChosenScopes() {
    // when
    var token = made(person, "{\"kind\": \"short-lived\", \"scopes\": [\"ads_read\"]}");

    // then
    var data = visitor.inspect(token).json().get("data");
    assertThat(data.get("type").asText()).isEqualTo("USER");
    assertThat(texts(data.get("scopes"))).containsExactly("ads_read", "public_profile");
    assertThat(expiresAt(token)).isBefore(Instant.now().plus(Duration.ofHours(2)));
    assertThat(visitor.exchange(token).status()).isEqualTo(200);
  }

  @Test
  void handsOutAPageToken() {
    // when
    var token = made(person, "{\"kind\": \"page\", \"scopes\": [\"pages_show_list\"]}");

    // then
    var page = buyer.at("/business/pageId").asText();
    var data = visitor.inspect(token).json().get("data");
    assertThat(data.get("type").asText()).isEqualTo("PAGE");
    assertThat(data.get("profile_id").asText()).isEqualTo(page);
    assertThat(data.get("user_id").asText()).isEqualTo(person);
    assertThat(me(token).json().get("id").asText()).isEqualTo(page);
    assertThat(visitor.exchange(token).error()).isEqualTo("400 190");
  }

  @Test
  void showsATokenMadeOnThePageOnce() {
    // when
    var page =
        visitor.postForm(
            "/control/people/" + person + "/tokens",
            List.of(Map.entry("kind", "long-lived"), Map.entry("scopes", "ads_read, email")));

    // then
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    var token = page.text().replaceAll("(?s).*>(EAA\\w+)<.*", "$1");
    assertThat(texts(visitor.inspect(token).json().at("/data/scopes")))
        .containsExactly("ads_read", "email", "public_profile");
    assertThat(visitor.get("/", Map.of()).text()).doesNotContain(token);
  }

  @Test
  void addsASystemUserOnThePage() {
    // when
    var pressed = visitor.postForm("/control/people/" + person + "/system-users", List.of());

    // then
    assertThat(pressed.status()).isEqualTo(303);
    assertThat(visitor.get("/", Map.of()).text()).contains("System user of Buyer Business");
  }

  @Test
  void belongsToTheAppItWasMadeFor() {
    // given
    var theirs = visitor.ofNewApp("{\"name\": \"Theirs\"}");

    // when
    var token =
        made(
            person,
            "{\"kind\": \"long-lived\", \"scopes\": [\"ads_read\"], \"app\": \"%s\"}"
                .formatted(theirs.appId()));

    // then
    assertThat(visitor.inspect(token).error()).isEqualTo("400 100");
    assertThat(theirs.inspect(token).json().at("/data/app_id").asText()).isEqualTo(theirs.appId());
  }

  @Test
  void refusesTokensNobodyCouldGet() {
    // given
    var user = systemUser();

    // then
    assertThat(order(person, "{\"kind\": \"system-user\"}").status()).isEqualTo(400);
    assertThat(order(user, "{\"kind\": \"short-lived\"}").status()).isEqualTo(400);
    assertThat(order(user, "{\"kind\": \"page\"}").status()).isEqualTo(400);
    assertThat(order(person, "{\"kind\": \"app\"}").status()).isEqualTo(400);
    assertThat(order(person, "{\"kind\": \"golden\"}").status()).isEqualTo(400);
    assertThat(order(person, "{\"kind\": \"long-lived\", \"app\": \"1\"}").status()).isEqualTo(400);
    assertThat(order(person, "{}").status()).isEqualTo(400);
    assertThat(order("1", "{\"kind\": \"long-lived\"}").status()).isEqualTo(404);
  }

  @Test
  void keepsSystemUsersOutOfTheDialog() {
    // given
    var user = systemUser();

    // then
    assertThat(visitor.openDialog(Map.of("scope", "ads_read")).text()).doesNotContain(user);
    assertThat(visitor.answerDialog(user, "continue", "ads_read")).isEmpty();
  }

  @Test
  void endsATokenWhenItIsToldTo() {
    // given
    var token = visitor.connect(person);
    var end = Instant.parse("2040-01-01T00:00:00Z");

    // when
    move(token, "{\"expiresAt\": \"" + end + "\"}");

    // then
    assertThat(expiresAt(token)).isEqualTo(end);
    assertThat(me(token).status()).isEqualTo(200);

    // and when
    move(token, "{\"expiresAt\": \"2026-01-01T00:00:00Z\"}");

    // then
    assertThat(me(token).error()).isEqualTo("400 190/463");
    assertThat(visitor.exchange(token).error()).isEqualTo("400 190/463");
    assertThat(visitor.put("/twin/tokens/token-0", "{}").status()).isEqualTo(404);
  }

  @Test
  void endsDataAccessWhileTheTokenLives() {
    // given
    var token = visitor.connect(person);

    // when
    move(token, "{\"dataAccessExpiresAt\": \"2026-01-01T00:00:00Z\"}");

    // then
    var data = visitor.inspect(token).json().get("data");
    assertThat(data.get("is_valid").asBoolean()).isTrue();
    assertThat(data.get("data_access_expires_at").asLong())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());
    assertThat(me(token).status()).isEqualTo(200);
    assertThat(get("/me/permissions", token).status()).isEqualTo(200);
    assertThat(get("/act_" + account + "/insights", token).error()).isEqualTo("400 190/493");
    assertThat(get("/me/adaccounts", token).error()).isEqualTo("400 190/493");
  }

  @Test
  void movesNothingByAnExchangeWhereItIsToldTo() {
    // given
    var token = visitor.connect(person);
    move(token, "{\"expiresAt\": \"2040-01-01T00:00:00Z\"}");
    visitor.put("/twin/people/" + person + "/exchange", "{\"movesNothing\": true}");

    // when
    var answer = visitor.exchange(token);

    // then
    assertThat(answer.token()).isNotEqualTo(token);
    assertThat(expiresAt(answer.token())).isEqualTo(Instant.parse("2040-01-01T00:00:00Z"));

    // and when
    visitor.put("/twin/people/" + person + "/exchange", "{}");

    // then
    assertThat(expiresAt(visitor.exchange(token).token())).isBefore(daysAhead(61));
  }

  @Test
  void saysNothingOfExpiryWhereItIsToldTo() {
    // given
    var theirs = visitor.ofNewApp("{\"name\": \"Theirs\"}");
    var token = theirs.connect(person);
    visitor.put("/twin/apps/" + theirs.appId() + "/exchange", "{\"leavesOutExpiresIn\": true}");

    // when
    var answer = theirs.exchange(token);

    // then
    assertThat(answer.json().has("expires_in")).isFalse();
    assertThat(theirs.inspect(answer.token()).json().at("/data/expires_at").asLong()).isPositive();
    assertThat(visitor.exchange(visitor.connect(person)).json().has("expires_in")).isTrue();
  }

  @Test
  void countsExchangesByToken() {
    // given
    var token = visitor.connect(person);
    var label = label(token);

    // when
    visitor.exchange(token);
    visitor.exchange(token);

    // then
    var calls = visitor.get("/twin/calls", Map.of("token", label)).json().get("items");
    assertThat(calls)
        .filteredOn(call -> call.get("grantType").asText().equals("fb_exchange_token"))
        .hasSize(2)
        .allSatisfy(call -> {
          assertThat(call.get("method").asText()).isEqualTo("GET");
          assertThat(call.get("path").asText()).isEqualTo("/v25.0/oauth/access_token");
          assertThat(call.get("inputToken").asText()).isEqualTo(label);
          assertThat(call.get("status").asInt()).isEqualTo(200);
        });
  }

  private String systemUser() {
    return visitor
        .post("/twin/people/" + person + "/system-users", "{\"name\": \"Robot\"}")
        .json()
        .get("id")
        .asText();
  }

  private String made(String id, String order) {
    return order(id, order).json().get("accessToken").asText();
  }

  private Visitor.Answer order(String id, String order) {
    return visitor.post("/twin/people/" + id + "/tokens", order);
  }

  private void move(String token, String ends) {
    assertThat(visitor.put("/twin/tokens/" + label(token), ends).status()).isEqualTo(200);
  }

  private String label(String token) {
    visitor.inspect(token);
    var last = visitor.get("/twin/calls", Map.of("limit", "0")).json().get("last").asLong();
    return visitor
        .get("/twin/calls", Map.of("after", Long.toString(last - 1)))
        .json()
        .at("/items/0/inputToken")
        .asText();
  }

  private Visitor.Answer refresh(String token) {
    var query =
        new HashMap<>(
            Map.of(
                "grant_type",
                "fb_exchange_token",
                "client_id",
                FreshTwin.APP_ID,
                "client_secret",
                FreshTwin.APP_SECRET,
                "set_token_expires_in_60_days",
                "true"));
    query.put("fb_exchange_token", token);
    return visitor.get("/v25.0/oauth/access_token", query);
  }

  private Instant expiresAt(String token) {
    return Instant.ofEpochSecond(visitor.inspect(token).json().at("/data/expires_at").asLong());
  }

  private static Instant daysAhead(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  private Visitor.Answer me(String token) {
    return get("/v25.0/me", token);
  }

  private Visitor.Answer get(String path, String token) {
    return visitor.get(path, Map.of("access_token", token));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
