package io.tokenwarden.system.doors;

import static io.tokenwarden.system.doors.Doors.connectionOn;
import static io.tokenwarden.system.doors.Doors.order;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.Photograph;
import io.tokenwarden.testsupport.Photograph.Difference;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tries to come in by the doors and must not. Each attack is one change to a request that
/// succeeds in the same test. It gets a clear answer and an entry in the audit log; Meta is asked
/// for no token, and nothing else changes.
class AttacksIT {
  private static final String EXCHANGE = "/oauth/access_token";

  private final RunningStack stack = RunningStack.shared();
  private final MetaTwin twin = stack.twin();
  private final Doors doors = new Doors(stack);
  private final Ledger ledger = new Ledger(stack);
  private final Browser browser = new Browser();
  private Person person;

  @BeforeEach
  void somebody() {
    person = twin.person("Attacked", 1, 1);
  }

  // ---- the state

  @Test
  void withoutTheState() {
    // given
    var good = doors.consented(browser, order(), person);

    // when / then
    isRefused(
        () -> browser.open(changed(good, "state", null)), 400, "handoff.rejected: STATE_MISSING");
    connectionOn(browser.open(good));
  }

  @Test
  void withAForgedState() {
    // given
    var good = doors.consented(browser, order(), person);
    var forged = changed(good, "state", randomSecret());

    // when / then
    isRefused(() -> browser.open(forged), 400, "handoff.rejected: STATE_UNKNOWN");
    connectionOn(browser.open(good));
  }

  /// The one change is that it comes again.
  @Test
  void withAStateThatWasUsed() {
    // given
    var good = doors.consented(browser, order(), person);
    var restoreCookies = browser.remembered();
    connectionOn(browser.open(good));
    restoreCookies.run();

    // when / then
    isRefused(() -> browser.open(good), 400, "handoff.rejected: STATE_USED");
  }

  /// The one change is the time.
  @Test
  void withAStateThatIsTooOld() {
    // given
    var good = doors.consented(browser, order(), person);
    ledger.letHandoffsEnd("-1 second");

    // when / then
    isRefused(() -> browser.open(good), 400, "handoff.rejected: STATE_EXPIRED");

    // and when
    ledger.letHandoffsEnd("5 minutes");

    // then
    connectionOn(browser.open(good));
  }

  @Test
  void fromABrowserWithoutTheCookie() {
    // given
    var good = doors.consented(browser, order(), person);

    // when / then
    isRefused(() -> new Browser().open(good), 400, "handoff.rejected: OTHER_BROWSER");
    connectionOn(browser.open(good));
  }

  /// The victim is made to finish what the attacker began, and has begun something too.
  @Test
  void fromABrowserWithTheCookieOfAnotherHandoff() {
    // given
    var good = doors.consented(browser, order(), person);
    var victim = new Browser();
    doors.dialog(victim, order());

    // when / then
    isRefused(() -> victim.open(good), 400, "handoff.rejected: OTHER_BROWSER");
    connectionOn(browser.open(good));
  }

  // ---- the code

  @Test
  void withACodeThatWasUsed() {
    // given
    var first = doors.consented(browser, order(), person);
    connectionOn(browser.open(first));
    var good = doors.consented(browser, order(), person);
    var replayed = changed(good, "code", parameter(first, "code"));

    // when / then
    isRefused(() -> browser.open(replayed), 400, "handoff.rejected: CODE_USED");
    connectionOn(browser.open(good));
  }

  // ---- the token

  @Test
  void withATokenOfAnotherApp() {
    // given
    var other = twin.app("Somebody else's");
    var stolen = twin.token(person, "long-lived", false, other.id(), "ads_read");
    var own = twin.token(person, "long-lived", false, null, "ads_read");
    var good = order().put("accessToken", own.value());
    var bad = good.deepCopy().put("accessToken", stolen.value());

    // when / then
    isRefused(
        () -> doors.post("/auth/connections", bad), 400, "token.refused: TOKEN_OF_ANOTHER_APP");
    assertThat(doors.post("/auth/connections", good).statusCode()).isEqualTo(201);
  }

  // ---- the person and the connection

  /// Only Meta knows who consented, so the code is changed for a token; that token is not made to
  /// last, and nothing is kept but that the state is used up.
  @Test
  void withAnotherPersonOnReconnect() {
    // given
    var connection = doors.connect(person, order());
    var other = twin.person("Takes over", 1, 1);
    var bad = doors.consented(browser, order().put("connectionId", connection), other);

    // when
    var before = ledger.settled();
    var calls = twin.lastCall();
    var entry = ledger.lastEntry();
    var answer = browser.open(bad);

    // then
    isClear(answer, 409);
    assertThat(exchangesAfter(calls)).containsExactly("authorization_code");
    assertThat(ledger.refusalsAfter(entry))
        .singleElement()
        .asString()
        .startsWith("handoff.rejected: OTHER_PERSON");
    assertThat(changedTables(before)).isEqualTo(Set.of("auth.handoff"));

    // and when
    var good = doors.consented(browser, order().put("connectionId", connection), person);

    // then
    assertThat(connectionOn(browser.open(good))).isEqualTo(connection);
  }

  @Test
  void withAConnectionOfAnotherWorkspace() {
    // given
    var connection = doors.connect(person, order());
    var good = order().put("connectionId", connection);
    var bad = good.deepCopy().put("workspaceId", "other");

    // when / then
    isRefused(() -> doors.post("/auth/handoffs", bad), 404, "handoff.rejected: CONNECTION_UNKNOWN");
    assertThat(doors.post("/auth/handoffs", good).statusCode()).isEqualTo(200);
  }

  @Test
  void withAnAppOfAnotherWorkspace() {
    // given
    var app = twin.app("Of one workspace");
    var registered =
        doors.post("/auth/apps", order().put("appId", app.id()).put("appSecret", app.secret()));
    assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    var good = order().put("appId", app.id());
    var bad = good.deepCopy().put("workspaceId", "other");

    // when / then
    isRefused(() -> doors.post("/auth/handoffs", bad), 404, "handoff.rejected: APP_UNKNOWN");
    assertThat(doors.post("/auth/handoffs", good).statusCode()).isEqualTo(200);
  }

  // ---- the way back

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example"
      })
  void withAWayBackThatLeavesUs(String elsewhere) {
    // given
    var good = order().put("returnTo", "/connections");
    var bad = good.deepCopy().put("returnTo", elsewhere);

    // when / then
    isRefused(() -> doors.post("/auth/handoffs", bad), 400, "handoff.rejected: RETURN_TO");
    assertThat(doors.post("/auth/handoffs", good).statusCode()).isEqualTo(200);
  }

  // ---- tickets and links

  @Test
  void withATicketThatWasUsed() {
    // given
    var good = doors.handoff(order());
    assertThat(browser.open(good).statusCode()).isEqualTo(303);

    // when / then
    isRefused(() -> browser.open(good), 400, "handoff.rejected: TICKET_USED");
  }

  @Test
  void withAReconnectLinkThatWasUsed() {
    // given
    var connection = doors.connect(person, order());
    var link = browser.open(doors.reconnectLink(connection));
    var dialog = Browser.next(browser.press(link));

    // when / then
    isRefused(() -> new Browser().press(link), 400, "handoff.rejected: TICKET_USED");
    assertThat(connectionOn(browser.open(browser.consent(dialog, person)))).isEqualTo(connection);
    isRefused(() -> browser.press(link), 400, "handoff.rejected: TICKET_USED");
  }

  @Test
  void withAReconnectLinkThatIsTooOld() {
    // given
    var connection = doors.connect(person, order());
    var link = browser.open(doors.reconnectLink(connection));
    ledger.letHandoffsEnd("-1 second");

    // when / then
    isRefused(() -> browser.press(link), 400, "handoff.rejected: TICKET_EXPIRED");

    // and when
    ledger.letHandoffsEnd("1 hour");

    // then
    assertThat(browser.press(link).statusCode()).isEqualTo(303);
  }

  // ---- judging

  /// @param reason action and code of the audit entry
  private void isRefused(Supplier<HttpResponse<String>> attack, int status, String reason) {
    var before = ledger.settled();
    var calls = twin.lastCall();
    var entry = ledger.lastEntry();

    var answer = attack.get();

    isClear(answer, status);
    assertThat(exchangesAfter(calls)).isEmpty();
    assertThat(ledger.refusalsAfter(entry)).singleElement().asString().startsWith(reason);
    assertThat(before.differencesTo(ledger.everything())).isEmpty();
  }

  /// A person gets a page, a program a problem; neither repeats what came.
  private static void isClear(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (answer.uri().getPath().startsWith("/auth/meta/")) {
      assertThat(answer.body()).contains("<h1>").doesNotContain("data-status=\"connected\"");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    } else {
      var problem = Doors.json(answer);
      assertThat(problem.get("code").asText()).isNotBlank();
      assertThat(problem.get("detail").asText()).isNotBlank();
    }
  }

  private List<String> exchangesAfter(long call) {
    var grants = new ArrayList<String>();
    twin.callsAfter(call)
        .forEach(made -> {
          if (made.get("path").asText().endsWith(EXCHANGE)) {
            grants.add(made.path("grantType").asText("authorization_code"));
          }
        });
    return grants;
  }

  private Set<String> changedTables(Photograph before) {
    return before.differencesTo(ledger.everything()).stream()
        .map(Difference::table)
        .collect(toSet());
  }

  // ---- one change

  /// @param value null takes the parameter away
  private static URI changed(URI address, String name, String value) {
    var other = value == null ? "" : name + "=" + value;
    var changed = address.toString().replaceFirst(name + "=[^&#]*", other);
    assertThat(changed).isNotEqualTo(address.toString());
    return URI.create(changed);
  }

  private static String parameter(URI address, String name) {
    return address.toString().replaceFirst(".*[?&]" + name + "=([^&#]*).*", "$1");
  }

  private static String randomSecret() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
