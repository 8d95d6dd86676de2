package io.tokenwarden.notifier.console;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.notifier.Announced;
import io.tokenwarden.notifier.Facts;
import io.tokenwarden.testsupport.RealParts;
import io.tokenwarden.testsupport.TopicWriter;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page as a browser gets it. The local issuer signs everybody in as an operator of `demo`.
@QuarkusTest
@QuarkusTestResource(
    value = RealParts.class,
    initArgs = {
      @ResourceArg(name = RealParts.SERVICE, value = "notifier"),
      @ResourceArg(name = RealParts.ISSUER, value = "true")
    })
class ConsoleIT {
  @TestHTTPResource("/")
  URI home;

  private final HttpClient browser =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(Redirect.NORMAL)
          .build();

  private final HttpClient stranger = HttpClient.newHttpClient();

  @Test
  void signsInAndShowsACardPerConnection() {
    // given
    var facts = Facts.of("demo", uniqueUser());
    announce(
        facts.connected(1, false),
        facts.adAccount("3300000000000001", "Acme & Sons", 2),
        facts.synced("3300000000000001", Instant.now()),
        facts.expired(3),
        facts.blocked("3300000000000001", 1));

    // when
    var page = awaitPage("Acme &amp; Sons");

    // then
    assertThat(page)
        .contains(
            "id=\"connection-" + facts.connection() + "\"",
            facts.metaUserId(),
            "Token expired — Reconnect",
            "<strong>Auth expired</strong>",
            "the person changed their password",
            "1 blocked",
            "Meta token expired — Reconnect the Meta profile",
            "data-connection=\"" + facts.connection() + "\"");
  }

  @Test
  void showsGreenAgainAfterAReconnect() {
    // given
    var facts = Facts.of("demo", uniqueUser());
    announce(facts.connected(1, false), facts.expired(2));
    awaitPage("data-connection=\"" + facts.connection());

    // when
    announce(facts.connected(3, true), facts.health(3));

    // then
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() -> assertThat(card(facts)).contains("class=\"card green\"", "Connected"));
  }

  /// It is the operators' to be told of; whoever looks sees why nothing goes on.
  @Test
  void showsThatMetaBlocksTheAppOfAConnection() {
    // given
    var app = uniqueUser();
    var facts = Facts.of("demo", uniqueUser()).through(app);

    // when
    announce(facts.connected(1, false), facts.appBlocked(app, 1));

    // then
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() ->
            assertThat(card(facts))
                .contains("class=\"card yellow\"", "<strong>App blocked</strong>")
                .doesNotContain("data-connection"));

    // and when
    announce(facts.appRestored(app, 2));

    // then
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() -> assertThat(card(facts)).contains("class=\"card green\""));
  }

  @Test
  void showsNothingOfOtherWorkspaces() {
    // given
    var mine = Facts.of("demo", uniqueUser());
    var theirs = Facts.of("other-" + UUID.randomUUID(), uniqueUser());

    // when
    announce(theirs.connected(1, false), mine.connected(1, false));

    // then
    assertThat(awaitPage(mine.metaUserId()))
        .doesNotContain(theirs.metaUserId(), theirs.workspace().value());
  }

  @Test
  void givesThePageABearerForTheServices() throws Exception {
    // given
    get(browser, "/");

    // when
    var answer = get(browser, "/notify/session");

    // then
    var session = new ObjectMapper().readTree(answer.body());
    assertThat(Instant.parse(session.get("expiresAt").asText())).isAfter(Instant.now());
    var asked =
        HttpRequest.newBuilder(home.resolve("/notify/notifications?workspace=demo"))
            .header("Authorization", "Bearer " + session.get("bearer").asText())
            .build();
    assertThat(stranger.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void letsTheSessionReadAndNothingMore() throws Exception {
    // given
    get(browser, "/");

    // when: as another site could make this browser do
    var forged =
        HttpRequest.newBuilder(home.resolve("/notify/notifications/" + UUID.randomUUID() + "/read"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    // then
    assertThat(browser.send(forged, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void sendsStrangersToTheIssuerAndTellsScriptsThatTheSessionIsOver() throws Exception {
    assertThat(get(stranger, "/").statusCode()).isEqualTo(302);
    var byScript =
        HttpRequest.newBuilder(home.resolve("/console/cards"))
            .header("X-Requested-With", "JavaScript")
            .build();
    assertThat(stranger.send(byScript, BodyHandlers.ofString()).statusCode()).isEqualTo(499);
  }

  @Test
  void loadsNothingFromElsewhereAndCannotBeFramed() {
    var answer = get(browser, "/");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).doesNotContain("<script>", " style=", " onclick=");
    assertThat(get(stranger, "/console/console.css").statusCode()).isEqualTo(200);
    assertThat(get(stranger, "/console/console.js").headers().firstValue("Cache-Control"))
        .contains("no-cache");
  }

  @Test
  void tellsAnOpenPageWhenToLookAgain() throws Exception {
    // given
    get(browser, "/");
    var request = HttpRequest.newBuilder(home.resolve("/notify/stream")).build();
    HttpResponse<Stream<String>> stream = browser.send(request, BodyHandlers.ofLines());
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");

    // when
    announce(Facts.of("demo", uniqueUser()).connected(1, false));

    // then
    assertThat(stream.body().filter(line -> line.equals("event:changed")).findFirst()).isPresent();
  }

  private static String uniqueUser() {
    return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 4);
  }

  private static void announce(Event... events) {
    try (var writer = TopicWriter.shared()) {
      Announced.on(writer, events);
    }
  }

  private String awaitPage(String containing) {
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() -> assertThat(get(browser, "/").body()).contains(containing));
    return get(browser, "/").body();
  }

  private String card(Facts facts) {
    var page = get(browser, "/console/cards").body();
    var id = page.indexOf("connection-" + facts.connection());
    var start = page.lastIndexOf("<article", id);
    return page.substring(start, page.indexOf("</article>", id));
  }

  private HttpResponse<String> get(HttpClient client, String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(home.resolve(path)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("GET " + path, e);
    } catch (InterruptedException e) {
      throw new AssertionError("GET " + path, e);
    }
  }
}
