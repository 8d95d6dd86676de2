package io.tokenwarden.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Meta calls an app with, as the app gets it.
@QuarkusTest
@QuarkusTestResource(FreshTwin.class)
class CallbacksIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource("/")
  URI twin;

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private HttpServer app;
  private Visitor visitor;
  private String person;
  private String userId;
  private String account;

  @BeforeEach
  void startTheApp() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext("/", this::answer);
    app.start();
    visitor = new Visitor(twin).ofNewApp("{\"name\": \"Theirs\"}");
    var buyer = visitor.post("/twin/people", "{\"name\": \"Büyer\"}").json();
    person = buyer.get("id").asText();
    account = buyer.at("/adAccounts/0/id").asText();
    userId =
        visitor
            .get("/twin/people/" + person, Map.of())
            .json()
            .at("/userIds/" + visitor.appId())
            .asText();
    assertThat(setCallbacks("sesame").status()).isEqualTo(200);
    visitor.connect(person);
  }

  @AfterEach
  void stopTheApp() {
    app.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    var query = String.valueOf(exchange.getRequestURI().getRawQuery());
    var path = exchange.getRequestURI().getPath();
    var body = exchange.getRequestBody().readAllBytes();
    var status = statuses.isEmpty() ? 200 : statuses.removeFirst();
    var answer = "";
    if (exchange.getRequestMethod().equals("GET")) {
      status = query.contains("hub.mode=subscribe&") && query.contains("=sesame") ? 200 : 403;
      answer = query.replaceAll(".*hub.challenge=(\\d+).*", "$1");
    } else {
      received.add(new Received(path, exchange.getRequestHeaders(), body));
      answer =
          path.equals("/forget") ? "{\"url\":\"https://app/1\",\"confirmation_code\":\"c1\"}" : "";
    }
    exchange.sendResponseHeaders(status, answer.isEmpty() ? -1 : answer.length());
    exchange.getResponseBody().write(answer.getBytes(UTF_8));
    exchange.close();
  }

  @Test
  void tellsTheAppThatAPersonRemovedIt() {
    // when
    happens("remove-app?app=" + visitor.appId());

    // then
    var payload = signedRequest(next("/deauthorize"));
    assertThat(payload.get("user_id").asText()).isEqualTo(userId).isNotEqualTo(person);
    assertThat(payload.get("algorithm").asText()).isEqualTo("HMAC-SHA256");
    assertThat(payload.get("issued_at").asLong()).isPositive();
  }

  @Test
  void tellsTheAppOfARemovalThatCameFromItself() {
    // given
    var token = visitor.connect(person);

    // when
    visitor.delete("/v25.0/me/permissions", Map.of("access_token", token));

    // then
    assertThat(signedRequest(next("/deauthorize")).get("user_id").asText()).isEqualTo(userId);
  }

  @Test
  void keepsWhatADataDeletionIsAnswered() {
    // when
    happens("delete-data?app=" + visitor.appId());

    // then
    assertThat(signedRequest(next("/forget")).get("user_id").asText()).isEqualTo(userId);
    await()
        .untilAsserted(() -> {
          var delivery = deliveries("DATA_DELETION").getLast();
          assertThat(delivery.get("state").asText()).isEqualTo("DELIVERED");
          assertThat(delivery.at("/answer/url").asText()).isEqualTo("https://app/1");
          assertThat(delivery.at("/answer/confirmation_code").asText()).isEqualTo("c1");
        });
  }

  @Test
  void tellsTheAppOfPermissions() {
    // when
    happens("permissions/ads_read/withdraw?app=" + visitor.appId());

    // then
    var body = webhook(next("/webhooks"));
    assertThat(body.get("object").asText()).isEqualTo("permissions");
    assertThat(body.at("/entry/0/uid").asText()).isEqualTo(userId);
    assertThat(body.at("/entry/0/time").asLong()).isPositive();
    assertThat(body.at("/entry/0/changes/0/field").asText()).isEqualTo("ads_read");
    assertThat(body.at("/entry/0/changes/0/value/verb").asText()).isEqualTo("revoked");

    // and when
    happens("permissions/ads_read/grant?app=" + visitor.appId());

    // then
    assertThat(webhook(next("/webhooks")).at("/entry/0/changes/0/value/verb").asText())
        .isEqualTo("granted");
  }

  @Test
  void tellsTheAppOfAnAdAccountInAsciiAlone() {
    // when
    happens("ad-accounts/" + account + "/disable");

    // then
    var delivered = next("/webhooks");
    var body = webhook(delivered);
    assertThat(body.get("object").asText()).isEqualTo("ad_account");
    assertThat(body.at("/entry/0/id").asText()).isEqualTo(account);
    assertThat(body.at("/entry/0/changes/0/field").asText()).isEqualTo("with_issues_ad_objects");
    assertThat(body.at("/entry/0/changes/0/value/error_message").asText()).contains("“Büyer West”");
    assertThat(delivered.text()).matches("\\p{ASCII}+").contains("\\u00FC");
  }

  @Test
  void triesAgainUntilItIsAnswered() {
    // given
    statuses.add(500);

    // when
    happens("permissions/ads_read/withdraw?app=" + visitor.appId());

    // then
    var first = next("/webhooks");
    var second = next("/webhooks");
    assertThat(second.body()).isEqualTo(first.body());
    await()
        .untilAsserted(() -> {
          var delivery = deliveries("WEBHOOK").getLast();
          assertThat(delivery.get("state").asText()).isEqualTo("DELIVERED");
          assertThat(delivery.get("attempts").asInt()).isEqualTo(2);
        });
  }

  @Test
  void deliversTwiceAndInAnotherOrder() {
    // given
    visitor.post("/twin/apps/" + visitor.appId() + "/hold-callbacks", "");
    happens("permissions/ads_read/withdraw?app=" + visitor.appId());
    happens("permissions/ads_read/grant?app=" + visitor.appId());
    var held = deliveries("WEBHOOK");

    // when
    deliver(held.getLast());
    deliver(held.getFirst());
    var again = deliver(held.getFirst());

    // then
    assertThat(held).extracting(it -> it.get("state").asText()).containsExactly("HELD", "HELD");
    assertThat(List.of(verb(), verb(), verb())).containsExactly("granted", "revoked", "revoked");
    assertThat(again.get("attempts").asInt()).isEqualTo(2);

    // and when
    happens("permissions/ads_read/withdraw?app=" + visitor.appId());
    visitor.post("/twin/apps/" + visitor.appId() + "/release-callbacks", "");

    // then
    assertThat(verb()).isEqualTo("revoked");
  }

  @Test
  void takesNoWebhookAddressThatDoesNotEchoTheChallenge() {
    // when
    var refused = setCallbacks("guess");

    // then
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("error").asText()).contains("could not be validated");

    // and when
    visitor.put("/twin/apps/" + visitor.appId() + "/callbacks", "{}");
    happens("permissions/ads_read/withdraw?app=" + visitor.appId());

    // then
    assertThat(deliveries("WEBHOOK")).isEmpty();
  }

  @Test
  void refusesAnAddressNobodyCanCall() {
    assertThat(
            List.of(
                "{\"deauthorizeUrl\": \"ftp://app/\"}",
                "{\"dataDeletionUrl\": \"nowhere\"}",
                "{\"webhookUrl\": \"http://\"}",
                "null"))
        .allSatisfy(order ->
            assertThat(visitor.put("/twin/apps/" + visitor.appId() + "/callbacks", order).status())
                .as(order)
                .isEqualTo(400));
  }

  @Test
  void showsNoSecretOfWhatItDelivers() {
    // when
    happens("remove-app?app=" + visitor.appId());
    next("/deauthorize");

    // then
    var shown = visitor.get("/twin/deliveries", Map.of()).text();
    assertThat(shown).contains(userId).doesNotContain(visitor.appSecret(), "sesame");
    assertThat(visitor.get("/twin/apps", Map.of()).text()).doesNotContain("sesame");
    assertThat(visitor.get("/", Map.of()).text()).contains("<code>/deauthorize</code>");
  }

  private Visitor.Answer setCallbacks(String verifyToken) {
    var address = "http://localhost:" + app.getAddress().getPort();
    return visitor.put(
        "/twin/apps/" + visitor.appId() + "/callbacks",
        """
        {"deauthorizeUrl": "%1$s/deauthorize", "dataDeletionUrl": "%1$s/forget",
         "webhookUrl": "%1$s/webhooks", "webhookVerifyToken": "%2$s"}
        """
            .formatted(address, verifyToken));
  }

  private void happens(String deed) {
    assertThat(visitor.post("/twin/people/" + person + "/" + deed, "").status())
        .as(deed)
        .isEqualTo(204);
  }

  /// The next call at this path; others are passed over.
  private Received next(String path) {
    try {
      while (true) {
        var call = received.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("a call of " + path).isNotNull();
        if (call.path().equals(path)) {
          return call;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String verb() {
    return webhook(next("/webhooks")).at("/entry/0/changes/0/value/verb").asText();
  }

  private List<JsonNode> deliveries(String kind) {
    var all = visitor.get("/twin/deliveries", Map.of("app", visitor.appId())).json();
    return StreamSupport.stream(all.spliterator(), false)
        .filter(delivery -> delivery.get("kind").asText().equals(kind))
        .toList();
  }

  private JsonNode deliver(JsonNode delivery) {
    return visitor.post("/twin/deliveries/" + delivery.get("id") + "/deliver", "").json();
  }

  private JsonNode webhook(Received call) {
    assertThat(call.header("X-Hub-Signature-256"))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(hmac(call.body(), "HmacSHA256")));
    assertThat(call.header("X-Hub-Signature"))
        .isEqualTo("sha1=" + HexFormat.of().formatHex(hmac(call.body(), "HmacSHA1")));
    return json(call.text());
  }

  private JsonNode signedRequest(Received call) {
    var parts = URLDecoder.decode(call.text(), UTF_8).replace("signed_request=", "").split("\\.");
    assertThat(Base64.getUrlDecoder().decode(parts[0]))
        .isEqualTo(hmac(parts[1].getBytes(UTF_8), "HmacSHA256"));
    return json(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
  }

  private byte[] hmac(byte[] content, String algorithm) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(visitor.appSecret().getBytes(UTF_8), algorithm));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private record Received(String path, Map<String, List<String>> headers, byte[] body) {

    String text() {
      return new String(body, UTF_8);
    }

    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }
}
