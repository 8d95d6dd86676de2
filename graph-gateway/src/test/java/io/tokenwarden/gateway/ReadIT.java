package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import io.tokenwarden.gateway.retry.RetryBudget;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.testsupport.SharedParts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReadIT extends GatewayTest {

  @Inject RetryBudget retries;

  @Test
  void readsWithTheCredentialOfTheConnectionAndNothingOfTheCallers() {
    // given
    connected(3, 31);
    meta.answers(_ -> Reply.json(200, OK).with("X-App-Usage", "{\"call_count\":1}"));

    // when
    HttpResponse<String> answer =
        get(
            "/v24.0/act_1/insights?access_token=mine&appsecret_proof=mine&fields=spend,clicks&limit=5");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(OK);
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("3");
    assertThat(header(answer, "X-Tokenwarden-Category")).isNull();
    assertThat(header(answer, "X-App-Usage")).isEqualTo("{\"call_count\":1}");
    Call call = meta.calls().getFirst();
    assertThat(call.path()).isEqualTo("/v24.0/act_1/insights");
    assertThat(call.query())
        .isEqualTo(
            "access_token=%s&appsecret_proof=%s&fields=spend%%2Cclicks&limit=5"
                .formatted(encoded(token(3)), proof(3)));
    assertThat(call.headers()).doesNotContainKeys("Authorization", "X-connection-id");
    assertThat(auth.calls().getFirst().header("Authorization")).startsWith("Bearer ");
  }

  @Test
  void leasesACredentialOnceForManyCalls() {
    // given
    connected(1, 1);
    leasesGiven.set(0);

    // when
    List<HttpResponse<String>> answers = inParallel(30, "/me");

    // then
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(leasesGiven).hasValue(1);
  }

  @Test
  void asksForTheCredentialAgainAfterAMinuteAndWhenTheConnectionMoved() {
    // given
    connected(1, 1);
    get("/me");
    leasesGiven.set(0);

    // when
    clock.advance(Duration.ofSeconds(61));
    leased(1, 1);
    get("/me");
    leased(2, 2);
    healthy(2, 2);
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(leasesGiven).hasValue(2);
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("2");
  }

  @Test
  void addsAVersionWhereTheCallerNamesNone() {
    connected(1, 1);

    get("/me/adaccounts");

    assertThat(meta.calls().getFirst().path()).isEqualTo("/v25.0/me/adaccounts");
  }

  @Test
  void asksInTheVersionOfTheAppWhereTheCallerNamesNone() {
    // given
    pin = "v24.0";
    connected(1, 1);

    // when
    get("/me/adaccounts");
    get("/v26.0/me/adaccounts");

    // then
    assertThat(meta.calls())
        .extracting(Call::path)
        .containsExactly("/v24.0/me/adaccounts", "/v26.0/me/adaccounts");
    assertThat(send(null, "/q/metrics").body())
        .contains(
            "tokenwarden_gateway_version_days_left{api=\"marketing\",version=\"v24.0\"} ",
            "tokenwarden_gateway_version_days_left{api=\"core\",version=\"v24.0\"} ");
  }

  @Test
  void noticesThatMetaAnswersInAnotherVersionOrIsAboutTo() {
    // given
    connected(1, 1);
    meta.answers(_ ->
        Reply.json(200, OK)
            .with("facebook-api-version", "v23.0")
            .and("x-ad-api-version-warning", "The call has been auto-upgraded"));

    // when
    HttpResponse<String> answer = get("/v22.0/act_1/insights");

    // then
    assertThat(header(answer, "facebook-api-version")).isEqualTo("v23.0");
    assertThat(header(answer, "x-ad-api-version-warning")).startsWith("The call has been");
    assertThat(send(null, "/q/metrics").body())
        .contains(
            "tokenwarden_gateway_version_replaced_total{asked=\"v22.0\",used=\"v23.0\"} ",
            "tokenwarden_gateway_version_ending_total{asked=\"v22.0\"} ");
  }

  @Test
  void handsOutPagesThatCanBeFollowedThroughTheGatewayAlone() {
    // given
    connected(1, 1);
    meta.answers(call ->
        call.query().contains("after=c1")
            ? Reply.json(200, "{\"data\":[{\"id\":\"2\"}]}")
            : Reply.json(
                200,
                "{\"data\":[{\"id\":\"1\"}],\"paging\":{\"cursors\":{\"after\":\"c1\"},\"next\":\"%s/v25.0/me/adaccounts?%s&after=c1\"}}"
                    .formatted(metaUrl.toString().replace("/", "\\/"), call.query())));

    // when
    JsonNode first = json(get("/v25.0/me/adaccounts?fields=id"));
    URI next = URI.create(first.at("/paging/next").asText());
    JsonNode second = json(get(next.getRawPath() + "?" + next.getRawQuery()));

    // then
    assertThat(next)
        .hasToString("https://graph.gateway.test/v25.0/me/adaccounts?fields=id&after=c1");
    assertThat(second.at("/data/0/id").asText()).isEqualTo("2");
  }

  @Test
  void streamsAnswersOfAnySizeAndStillCleansThem() {
    // given
    connected(1, 1);
    String rows =
        IntStream.range(0, 40_000)
            .mapToObj(
                i -> "{\"ad_id\":\"%d\",\"spend\":\"1.00\",\"name\":\"ünï_ç_%d\"}".formatted(i, i))
            .collect(Collectors.joining(","));
    meta.answers(call ->
        Reply.json(
            200,
            "{\"data\":[%s],\"paging\":{\"next\":\"%s/v25.0/act_1/insights?%s&after=c\"},\"echo\":\"%s\"}"
                .formatted(rows, metaUrl, call.query(), token(1))));

    // when
    HttpResponse<String> answer = get("/v25.0/act_1/insights?level=ad");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/data").size()).isEqualTo(40_000);
    assertThat(json(answer).at("/paging/next").asText())
        .isEqualTo("https://graph.gateway.test/v25.0/act_1/insights?level=ad&after=c");
    assertThatNothingLeaks(answer);
  }

  /// An error that comes late, and one that is longer than what is held back.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[\"%s\"],\"error\":{\"code\":100,\"message\":\"x\"}}",
        "{\"error\":{\"code\":100,\"message\":\"x\",\"error_data\":\"%1$s%1$s\"}}"
      })
  void findsAFailureAnywhereInWhatItHoldsBack(String body) {
    // given
    connected(1, 1);
    meta.answers(_ -> Reply.json(200, body.formatted("x".repeat(60_000))));

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
    assertThat(answer.body()).isEqualTo(body.formatted("x".repeat(60_000)));
  }

  @Test
  void cutsOffWhatMetaCutsOff() {
    connected(1, 1);
    meta.answers(
        _ -> Reply.json(200, "{\"data\":\"" + "x".repeat(300_000) + "\"}").cutOffAfter(200_000));

    assertThatThrownBy(() -> get("/me")).hasRootCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Malformed access token %1$s\",\"type\":\"OAuthException\",\"code\":190}}",
        "{\"data\":[{\"access_token\":\"of-a-page\",\"name\":\"%1$s\",\"proof\":\"%2$s\"}]}",
        "{\"url\":\"https://x.example/?access_token=%3$s&appsecret_proof=%2$s\"}",
        "<html>%1$s</html>",
        "{\"cut\":\"%1$s"
      })
  void neverLetsTheCredentialBackInABody(String body) {
    connected(1, 1);
    meta.answers(_ -> Reply.json(400, body.formatted(token(1), proof(1), encoded(token(1)))));

    HttpResponse<String> answer = get("/me");

    assertThatNothingLeaks(answer);
    assertThat(answer.body()).doesNotContain("of-a-page");
  }

  @Test
  void neverLetsTheCredentialBackInAHeader() {
    connected(1, 1);
    meta.answers(_ ->
        new Reply(
            302,
            "",
            Map.of(
                "WWW-Authenticate",
                "OAuth \"Facebook Platform\" \"invalid_token\" \"Malformed access token "
                    + token(1)
                    + "\"",
                "Location",
                "https://cdn.example/?access_token="
                    + encoded(token(1))
                    + "&appsecret_proof="
                    + proof(1),
                "X-Debug",
                proof(1),
                "Set-Cookie",
                "a=b"),
            Duration.ZERO,
            -1));

    HttpResponse<String> answer = get("/me/picture");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(header(answer, "Location")).startsWith("https://cdn.example/");
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    assertThatNothingLeaks(answer);
  }

  @ParameterizedTest(name = "HTTP {0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"error":{"code":100,"message":"x"}}                                          | BAD_REQUEST        | change_request
          400 | {"error":{"code":100,"error_subcode":33,"message":"x"}}                       | ASSET_UNAVAILABLE  | assign_asset
          403 | {"error":{"code":200,"message":"(#200) Requires ads_management"}}             | PERMISSION_MISSING | grant_scopes
          400 | {"error":{"code":17,"message":"x","is_transient":true}}                       | RATE_LIMITED       | retry_later
          400 | {"error":{"code":368,"message":"x"}}                                          | BLOCKED            | wait_or_resolve
          400 | {"error":{"code":200,"message":"API access blocked."}}                        | BLOCKED            | check_app
          400 | {"error":{"code":101,"message":"x"}}                                          | AUTH_ERROR         | check_app
          200 | {"error":{"code":100,"error_subcode":1487534,"message":"x"}}                  | TRANSIENT          | request_less
          200 | {"id":"1","async_status":"Job Failed","error_code":-3,"error_subcode":1504045} | TRANSIENT         | request_less
          """)
  void saysWhatAFailureMeansAndPassesItOnAsItIs(
      int status, String body, ErrorCategory category, String remedy) {
    // given
    connected(1, 1);
    meta.answers(_ -> Reply.json(status, body));

    // when
    HttpResponse<String> answer = get("/act_1/insights");

    // then
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo(category.name());
    assertThat(header(answer, "X-Tokenwarden-Remedy")).isEqualTo(remedy);
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("1");
    assertThat(meta.calls()).hasSize(1);
  }

  @Test
  void repeatsWhatMayPassTwiceAtMost() {
    // given
    connected(1, 1);
    AtomicInteger calls = new AtomicInteger();
    meta.answers(_ ->
        calls.incrementAndGet() < 3
            ? Reply.json(500, "{\"error\":{\"code\":2,\"message\":\"x\"}}")
            : Reply.json(200, OK));

    // when, then
    assertThat(get("/me").body()).isEqualTo(OK);
    assertThat(calls).hasValue(3);
  }

  @Test
  void givesUpAfterTwoRepetitionsAndSaysWhenToComeBack() {
    connected(1, 1);
    meta.answers(_ -> Reply.json(502, "Bad Gateway"));

    HttpResponse<String> answer = get("/me");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("SERVER_ERROR");
    assertThat(header(answer, "X-Tokenwarden-Retry-After")).isEqualTo("5");
    assertThat(meta.calls()).hasSize(3);
  }

  @Test
  void repeatsNothingOnceSoMuchIsRepeatedThatItWouldDoHarm() {
    // given
    connected(1, 1);
    meta.answers(_ -> Reply.json(502, "Bad Gateway"));
    spendTheRetryBudget();

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(header(answer, "X-Tokenwarden-Retry-After")).isEqualTo("5");
    assertThat(meta.calls()).hasSize(1);
    assertThat(send(null, "/q/metrics").body())
        .contains("tokenwarden_gateway_retries_total{outcome=\"over_budget\"}");

    // and when
    clock.advance(Duration.ofSeconds(61));
    leased(1, 2);
    get("/me");

    // then
    assertThat(meta.calls()).hasSize(4);
  }

  private void spendTheRetryBudget() {
    int taken = 0;
    while (retries.take()) {
      taken++;
    }
    assertThat(taken).isPositive();
  }

  @Test
  void repeatsATruncatedAnswer() {
    connected(1, 1);
    AtomicInteger calls = new AtomicInteger();
    meta.answers(
        _ -> Reply.json(200, calls.incrementAndGet() == 1 ? "{\"data\":[{\"spend\":\"1.0" : OK));

    assertThat(get("/me").body()).isEqualTo(OK);
  }

  @Test
  void neverRepeatsAThrottledCall() {
    connected(1, 1);
    meta.answers(
        _ -> Reply.json(403, "{\"error\":{\"code\":4,\"message\":\"x\",\"is_transient\":true}}"));

    HttpResponse<String> answer = get("/me");

    assertThat(meta.calls()).hasSize(1);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(header(answer, "X-Tokenwarden-Retry-After")).isEqualTo("300");
  }

  @Test
  void saysInGraphsWordsThatMetaDidNotAnswerInTime() {
    // given
    connected(1, 1);
    meta.answers(_ -> Reply.json(200, OK).after(Duration.ofSeconds(5)));

    // when
    HttpResponse<String> answer = get("/me", "X-Tokenwarden-Deadline", "0.15");

    // then
    assertRefused(answer, 503, ErrorCategory.TRANSIENT);
    assertThat(header(answer, "Retry-After")).isEqualTo("5");
    noDoubtComes();
  }

  @Test
  void saysInGraphsWordsThatMetaIsAway() {
    connected(1, 1);
    meta.close();

    assertRefused(get("/me"), 503, ErrorCategory.TRANSIENT);
  }

  @Test
  void saysInGraphsWordsThatNoCredentialIsToBeHad() {
    connected(1, 1);
    leases.put(connection.toString(), Reply.json(503, "{}"));

    assertRefused(get("/me"), 503, ErrorCategory.TRANSIENT);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void doesNotKnowAConnectionThatAuthServiceDoesNotKnow() {
    assertRefused(get("/me"), 404, ErrorCategory.BAD_REQUEST);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void readsForAConnectionOfWhichOnlyAuthServiceKnowsYet() {
    leased(1, 1);
    meta.answers(_ -> Reply.json(200, OK));

    assertThat(get("/me").body()).isEqualTo(OK);
  }

  @Test
  void letsInOnlyServices() {
    String viewer =
        SharedParts.bearers().of("somebody", List.of("viewer", "operator"), List.of("*"));
    String[] forConnection = {"X-Connection-Id", connection.toString()};

    assertRefused(send(null, "/me", forConnection), 401, ErrorCategory.AUTH_ERROR);
    assertRefused(send("no.such.token", "/me", forConnection), 401, ErrorCategory.AUTH_ERROR);
    assertRefused(send(viewer, "/me", forConnection), 403, ErrorCategory.AUTH_ERROR);
    assertRefused(
        send(SharedParts.bearers().ofService("graph-gateway"), "/me", forConnection),
        403,
        ErrorCategory.AUTH_ERROR);
    assertThat(questionsToAuthService()).isEmpty();
  }

  /// What auth-service answers instead of a lease, and what it means to the caller. A status alone
  /// may be anybody's: only what auth-service says of the connection counts against its token.
  @ParameterizedTest(name = "HTTP {0} {1}")
  @CsvSource({
    "404, NOT_FOUND, 404, BAD_REQUEST",
    "409, CONNECTION_BLOCKED, 400, TOKEN_INVALIDATED",
    "409, APP_UNKNOWN, 400, AUTH_ERROR",
    "409, SOMETHING_ELSE, 503, TRANSIENT",
    "404, '', 503, TRANSIENT",
    "503, UNAVAILABLE, 503, TRANSIENT"
  })
  void takesNoTokenForDeadThatAuthServiceDoesNotCallDead(
      int status, String code, int answered, ErrorCategory category) {
    // given
    healthy(1, 1);
    leases.put(connection.toString(), Reply.json(status, "{\"code\":\"%s\"}".formatted(code)));

    // when
    var answer = get("/me");

    // then
    assertRefused(answer, answered, category);
    assertThat(header(answer, "X-Tokenwarden-Remedy"))
        .isEqualTo(
            switch (category) {
              case TOKEN_INVALIDATED -> "reconnect";
              case AUTH_ERROR -> "check_app";
              case TRANSIENT -> "retry_later";
              default -> "change_request";
            });
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void refusesWhatNobodyLooksAtInGraphsEnvelope() {
    // given
    connected(1, 1);

    // when
    var nul = get("/me?fields=%00");

    // then
    assertRefused(nul, 400, ErrorCategory.BAD_REQUEST);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void wantsToKnowWhichConnectionAndHowLong() {
    assertRefused(send(bearer, "/me"), 400, ErrorCategory.BAD_REQUEST);
    assertRefused(send(bearer, "/me", "X-Connection-Id", "42"), 400, ErrorCategory.BAD_REQUEST);
    assertRefused(get("/me", "X-Tokenwarden-Deadline", "soon"), 400, ErrorCategory.BAD_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({
    "/v25.0/oauth/access_token?grant_type=fb_exchange_token, 403",
    "/v25.0/debug_token?input_token=x, 403",
    "/v25.0/1/access_tokens, 403",
    "/me?fields=accounts%7Baccess_token%7D, 403",
    "/me?method=delete, 403",
    "/v25.0/%2e%2e/oauth/access_token, 400",
    "/v25.0//me, 400",
    "/v25.0/act_1%2Finsights, 400",
    "/me?access_token=a&access_token=b, 400"
  })
  void sendsMetaNothingThatIsMalformedOrTouchesCredentials(String target, int status) {
    connected(1, 1);

    assertRefused(get(target), status, ErrorCategory.BAD_REQUEST);
    assertThat(meta.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://169.254.169.254/latest HTTP/1.1",
        "GET /v25.0/../oauth/access_token HTTP/1.1",
        "POST /me HTTP/1.1"
      })
  void refusesRequestLinesNoOrdinaryClientSends(String requestLine) throws IOException {
    connected(1, 1);

    String answer = raw(requestLine);

    assertThat(answer).matches("(?s)HTTP/1.1 40[03] .*X-Tokenwarden-Category: BAD_REQUEST.*");
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void showsItsHealthMetricsAndDescription() {
    connected(1, 1);
    get("/me");

    assertThat(send(null, "/q/health/ready").body()).contains("\"connections\"").contains("UP");
    assertThat(send(null, "/q/metrics").body())
        .contains("tokenwarden_gateway_calls_seconds_count{answered_by=\"meta\",category=\"NONE\"")
        .doesNotContain("act_1");
    assertThat(send(null, "/q/openapi").body()).contains("X-Tokenwarden-Deadline");
  }

  private void assertRefused(HttpResponse<String> answer, int status, ErrorCategory category) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo(category.name());
    GraphError error = GraphError.parse(status, answer.body()).orElseThrow();
    assertThat(error.form()).isEqualTo(GraphError.Form.ENVELOPE);
    assertThat(error.meaning().category()).isEqualTo(category);
  }

  private void assertThatNothingLeaks(HttpResponse<String> answer) {
    String all = answer.headers().map() + answer.body();
    assertThat(all)
        .doesNotContain(token(1), encoded(token(1)), proof(1), token(1).replace("/", "\\/"));
  }

  private String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket
          .getOutputStream()
          .write(
              "%s\r\nHost: x\r\nContent-Length: 0\r\nAuthorization: Bearer %s\r\nX-Connection-Id: %s\r\nConnection: close\r\n\r\n"
                  .formatted(requestLine, bearer, connection)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
