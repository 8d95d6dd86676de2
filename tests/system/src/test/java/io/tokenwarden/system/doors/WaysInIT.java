package io.tokenwarden.system.doors;

import static io.tokenwarden.system.doors.Doors.attribute;
import static io.tokenwarden.system.doors.Doors.connectionOn;
import static io.tokenwarden.system.doors.Doors.json;
import static io.tokenwarden.system.doors.Doors.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.App;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way to connect, played as a person and a program would.
class WaysInIT {
  private static final Duration SHORT = Duration.ofHours(3);
  private static final Duration LISTED = Duration.ofSeconds(60);

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Doors doors = new Doors(stack);
  private final Browser browser = new Browser();

  // ---- by consent

  /// The popup tells the page that opened it, and nobody else, how it ended.
  @Test
  void inAPopup() {
    // given
    var back = doors.consented(browser, order(), twin.person("Popup", 1, 1));

    // when
    var page = browser.open(back);

    // then
    var connection = doors.connection(connectionOn(page));
    assertThat(health(connection, "tokenStatus").asText()).isEqualTo("ACTIVE");
    assertThat(health(connection, "conditions")).isEmpty();
    assertThat(attribute(page, "data-origin")).isEqualTo(origin(stack.console()));
    var script = browser.open(stack.console().resolve("/auth/meta/assets/closing.js"));
    assertThat(script.body()).contains("postMessage").contains("window.close");
    assertThat(lasts(connection)).isTrue();
  }

  @Test
  void byFullRedirect() {
    // given
    var order = order().put("returnTo", "/?card=new#top");

    // when
    var page = browser.open(doors.consented(browser, order, twin.person("Full redirect", 1, 1)));

    // then
    connectionOn(page);
    assertThat(attribute(page, "data-return-to")).isEqualTo("/?card=new#top");
    assertThat(page.body()).contains("<a href=\"/?card=new#top\">");
  }

  @Test
  void againInPlace() {
    // given
    var person = twin.person("In place", 1, 1);
    var connection = doors.connect(person, order());

    // when
    var again = doors.connect(person, order().put("connectionId", connection));

    // then
    assertThat(again).isEqualTo(connection);
    assertThat(doors.connection(connection).get("generation").asInt()).isEqualTo(2);
  }

  /// Somebody else consented on reconnect: one more click makes them a connection of their own.
  @Test
  void asAnotherPersonWhoGoesOnAlone() {
    // given
    var owner = twin.person("Owner", 1, 1);
    var other = twin.person("Comes along", 1, 1);
    var connection = doors.connect(owner, order());
    var page =
        browser.open(doors.consented(browser, order().put("connectionId", connection), other));
    assertThat(page.statusCode()).isEqualTo(409);

    // when
    var dialog = Browser.next(browser.press(page));
    var last = browser.open(browser.consent(dialog, other));

    // then
    var own = connectionOn(last);
    assertThat(own).isNotEqualTo(connection);
    assertThat(doors.connection(own).get("metaUserId").asText()).isEqualTo(other.id());
    assertThat(doors.connection(connection).get("generation").asInt()).isEqualTo(1);
    assertThat(browser.press(page).statusCode()).as("offered once").isEqualTo(400);
  }

  @Test
  void byAReconnectLink() {
    // given
    var person = twin.person("Sent a link", 1, 1);
    var connection = doors.connect(person, order());
    var link = doors.reconnectLink(connection);

    // when
    browser.open(link);
    var page = browser.open(link);
    var back = browser.consent(Browser.next(browser.press(page)), person);

    // then
    assertThat(connectionOn(browser.open(back))).isEqualTo(connection);
  }

  /// A link is for one connection and one person: it offers nothing else.
  @Test
  void byAReconnectLinkAsNobodyElse() {
    // given
    var connection = doors.connect(twin.person("Meant", 1, 1), order());
    var page = browser.open(doors.reconnectLink(connection));
    var other = twin.person("Not meant", 1, 1);

    // when
    var last = browser.open(browser.consent(Browser.next(browser.press(page)), other));

    // then
    assertThat(last.statusCode()).isEqualTo(409);
    assertThat(last.body()).doesNotContain("<form");
  }

  @Test
  void withColleaguesWhoCoverTheSameAdAccounts() {
    // given
    var person = twin.person("First", 1, 1);
    var colleague = twin.colleague(person, "Second");

    // when
    var first = doors.connect(person, order());
    var second = doors.connect(colleague, order());

    // then
    assertThat(second).isNotEqualTo(first);
    assertThat(doors.connection(first).get("generation").asInt()).isEqualTo(1);
    assertThat(doors.connection(second).get("generation").asInt()).isEqualTo(1);
  }

  // ---- by consent, but not to everything

  @Test
  void withoutAPermissionThatIsAskedForAgain() {
    // given
    var person = twin.person("Hesitates", 1, 1);
    var order = order().put("profile", "campaign-management");
    var partly = browser.consent(doors.dialog(browser, order), person, "ads_management");

    // when
    var page = browser.open(partly);

    // then
    var connection = connectionOn(page);
    assertThat(page.body()).contains("ads_management");
    assertThat(health(doors.connection(connection), "conditions"))
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.get("condition").asText()).isEqualTo("MISSING_SCOPE");
          assertThat(condition.get("subject").asText()).isEqualTo("ads_management");
          assertThat(condition.get("remedy").asText()).isEqualTo("grant_scopes");
        });

    // and when
    var dialog = doors.dialog(browser, order().put("connectionId", connection));
    assertThat(dialog.getQuery()).contains("auth_type=rerequest", "scope=ads_read,ads_management");
    connectionOn(browser.open(browser.consent(dialog, person)));

    // then
    assertThat(texts(health(doors.connection(connection), "scopes"))).contains("ads_management");
    assertThat(health(doors.connection(connection), "conditions")).isEmpty();
  }

  /// Nothing else is found afterwards either: what is listed is listed with that very token.
  @Test
  void toSomeOfTheAdAccounts() {
    // given
    var person = twin.person("Shares one of two", 2, 1);
    var shared = person.adAccounts().getFirst();

    // when
    var page = browser.open(browser.share(doors.dialog(browser, order()), person, shared));

    // then
    var connection = connectionOn(page);
    await()
        .atMost(LISTED)
        .untilAsserted(() ->
            assertThat(doors.assets(connection).findValuesAsText("assetId"))
                .containsExactly(shared));
    assertThat(doors.assets(connection).at("/0/beyondGrant").asBoolean(true)).isFalse();
    assertThat(health(doors.connection(connection), "conditions")).isEmpty();
  }

  @Test
  void andTurnsBack() {
    // given
    var person = twin.person("Turns back", 1, 1);

    // when
    var page = browser.open(browser.cancel(doors.dialog(browser, order()), person));

    // then
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(attribute(page, "data-status")).isEqualTo("denied");
    assertThat(attribute(page, "data-connection-id")).isEmpty();
  }

  // ---- through an app of one's own

  @Test
  void throughAnAppOfOnesOwn() {
    // given
    var app = registered(twin.app("Own app"));
    var person = twin.person("Own app", 1, 1);

    // when
    var connection = doors.connection(doors.connect(person, order().put("appId", app.id())));

    // then
    assertThat(connection.get("appId").asText()).isEqualTo(app.id());
    assertThat(connection.get("metaUserId").asText())
        .isEqualTo(twin.userId(person, app.id()))
        .isNotEqualTo(person.id());

    // and when
    var renewed = twin.resetSecret(app.id());

    // then
    assertThat(register(app).statusCode()).as("the old secret").isEqualTo(400);
    assertThat(register(renewed).statusCode()).isEqualTo(200);
    doors.connect(person, order().put("connectionId", connection.get("connectionId").asText()));
  }

  @Test
  void byLoginForBusiness() {
    // given
    var app = twin.app("Business login");
    twin.configureLogin(app, "77", "ads_read", "business_management");
    var answer =
        doors.post(
            "/auth/apps",
            order()
                .put("appId", app.id())
                .put("appSecret", app.secret())
                .put("loginConfigId", "77"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);

    // when
    var dialog =
        doors.dialog(browser, order().put("appId", app.id()).put("profile", "business-discovery"));

    // then
    assertThat(dialog.getQuery()).contains("config_id=77").doesNotContain("scope=");

    // and when
    var page = browser.open(browser.consent(dialog, twin.person("Business login", 1, 1)));

    // then
    assertThat(texts(health(doors.connection(connectionOn(page)), "scopes")))
        .contains("ads_read", "business_management");
  }

  // ---- with a token of one's own

  @Test
  void withAPastedTokenThatIsShortLived() {
    // given
    var person = twin.person("Explorer", 1, 1);
    var token = twin.token(person, "short-lived", false, null, "ads_read");

    // when
    var connection = pasted(token.value());

    // then
    assertThat(twin.exchangesOf(token.label())).isEqualTo(1);
    assertThat(lasts(connection)).isTrue();
    assertThat(connection.get("metaUserId").asText()).isEqualTo(person.id());
    assertThat(connection.get("label").asText()).isEqualTo("Pasted");
  }

  @Test
  void withAPastedTokenThatLasts() {
    // given
    var token = twin.token(twin.person("Lasts", 1, 1), "long-lived", false, null, "ads_read");

    // when
    var connection = pasted(token.value());

    // then
    assertThat(twin.exchangesOf(token.label())).isZero();
    assertThat(Instant.parse(health(connection, "expiresAt").asText()))
        .isEqualTo(token.expiresAt().truncatedTo(ChronoUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withATokenOfASystemUser(boolean expires) {
    // given
    var robot = twin.systemUser(twin.person("Employer", 1, 1), "Robot");
    var token = twin.token(robot, "system-user", expires, null, "ads_read");

    // when
    var connection = pasted(token.value());

    // then
    assertThat(twin.exchangesOf(token.label())).isZero();
    assertThat(connection.get("tokenType").asText()).isEqualTo("SYSTEM_USER");
    assertThat(health(connection, "expiresAt").isNull()).isEqualTo(!expires);
  }

  @Test
  void notWithATokenOfAPage() {
    // given
    var token =
        twin.token(twin.person("Page", 1, 1), "page", false, null, "ads_read", "pages_show_list");

    // when
    var answer = doors.post("/auth/connections", order().put("accessToken", token.value()));

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).get("code").asText()).isEqualTo("TOKEN_TYPE_UNSUPPORTED");
    assertThat(answer.body()).doesNotContain(token.value());
  }

  private JsonNode pasted(String token) {
    var answer =
        doors.post("/auth/connections", order().put("accessToken", token).put("label", "Pasted"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain(token);
    return json(answer);
  }

  // ---- looking

  private App registered(App app) {
    assertThat(register(app).statusCode()).isEqualTo(201);
    return app;
  }

  private HttpResponse<String> register(App app) {
    return doors.post("/auth/apps", order().put("appId", app.id()).put("appSecret", app.secret()));
  }

  private static boolean lasts(JsonNode connection) {
    var end = Instant.parse(health(connection, "expiresAt").asText());
    var begin = Instant.parse(connection.get("connectedAt").asText());
    return end.isAfter(begin.plus(SHORT));
  }

  private static JsonNode health(JsonNode connection, String member) {
    return connection.get("health").get(member);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }
}
