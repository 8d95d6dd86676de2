package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Reply;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.TopicReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Quotas that are used up are left alone, by this replica and, through the database, by all.
@QuarkusTest
class HoldIT extends GatewayTest {

  private static final String APP_USED_UP =
      "{\"call_count\":100,\"total_time\":3,\"total_cputime\":3}";

  @BeforeEach
  void connect() {
    connected(1, 5);
  }

  @Test
  void leavesAnAccountAloneThatMetaCallsUsedUp() {
    // given
    meta.answers(_ -> limit(80000).with("X-Business-Use-Case-Usage", regain(7)));
    HttpResponse<String> turnedAway = get("/v25.0/act_1/insights");
    meta.answers(_ -> Reply.json(200, OK));

    // when
    clock.advance(Duration.ofSeconds(100));
    HttpResponse<String> refused = get("/v25.0/act_1/insights");

    // then
    assertThat(header(turnedAway, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(header(turnedAway, "X-Tokenwarden-Retry-After")).isEqualTo("420");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(header(refused, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(header(refused, "X-Tokenwarden-Remedy")).isEqualTo("retry_later");
    assertThat(header(refused, "X-Tokenwarden-Generation")).isEqualTo("1");
    assertThat(header(refused, "Retry-After")).isEqualTo("320");
    assertThat(header(refused, "X-Tokenwarden-Retry-After")).isEqualTo("320");
    GraphError error = GraphError.parse(400, refused.body()).orElseThrow();
    assertThat(error.code()).isEqualTo(80000);
    assertThat(error.meaning().category()).isEqualTo(ErrorCategory.RATE_LIMITED);
    assertThat(meta.calls()).hasSize(1);

    // and then
    assertThat(get("/v25.0/act_1/campaigns").body()).isEqualTo(OK);
    assertThat(get("/v25.0/act_2/insights").body()).isEqualTo(OK);
    assertThat(get("/v25.0/me").body()).isEqualTo(OK);
  }

  @Test
  void leavesAllCallsOfAnAppAloneThatIsUsedUp() {
    // given
    meta.answers(_ -> limit(4));
    get("/me");

    // then
    assertThat(category("/me")).isEqualTo("RATE_LIMITED");
    assertThat(category("/act_1/insights")).isEqualTo("RATE_LIMITED");
    assertThat(meta.calls()).hasSize(1);
  }

  @Test
  void leavesAnAppAloneThatASuccessfulAnswerCallsUsedUp() throws IOException {
    // given
    meta.answers(_ -> Reply.json(200, OK).with("x-app-usage", APP_USED_UP));
    Instant heard = clock.instant();

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(answer.body()).isEqualTo(OK);
    assertThat(header(answer, "X-Tokenwarden-Category")).isNull();
    assertThat(header(get("/me"), "Retry-After")).isEqualTo("5");
    JsonNode fact = JSON.readTree(throttled("app:" + app, 1).getFirst().text());
    assertThat(fact.get("utilization").asDouble()).isEqualTo(100);
    assertThat(fact.get("graphError").isNull()).isTrue();
    assertThat(Instant.parse(fact.get("holdUntil").asText())).isEqualTo(heard.plusSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4     | X-App-Usage               | {"call_count":100} | 300
          80004 | X-Business-Use-Case-Usage | {"1":[{"type":"ads_management","estimated_time_to_regain_access":0,"ads_api_access_tier":"standard_access"}]} | 60
          80004 | X-Business-Use-Case-Usage | {"1":[{"type":"ads_management","estimated_time_to_regain_access":30}]} | 1800
          80004 | X-Ad-Account-Usage        | {"acc_id_util_pct":100,"reset_time_duration":500} | 500
          """)
  void waitsForTheLongestOfWhatIsTold(int code, String header, String value, String seconds) {
    // given
    meta.answers(_ -> limit(code).with(header, value));

    // when
    HttpResponse<String> turnedAway = get("/act_1/ads");

    // then
    assertThat(header(turnedAway, "X-Tokenwarden-Retry-After")).isEqualTo(seconds);
    assertThat(header(get("/act_1/ads"), "Retry-After")).isEqualTo(seconds);
  }

  @Test
  void repeatsNothingWhileAQuotaOfItIsHeldAndTellsTheLongerWait() {
    // given
    meta.answers(_ ->
        Reply.json(500, "{\"error\":{\"code\":2,\"message\":\"x\"}}")
            .with("X-Business-Use-Case-Usage", regain(7)));

    // when
    HttpResponse<String> failed = get("/v25.0/act_1/insights");

    // then
    assertThat(header(failed, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");
    assertThat(header(failed, "X-Tokenwarden-Retry-After")).isEqualTo("420");
    assertThat(meta.calls()).hasSize(1);
  }

  @Test
  void climbsTheLadderAndBeginsAnewAfterACleanWindow() {
    // given
    meta.answers(_ -> Reply.json(200, OK).with("X-App-Usage", APP_USED_UP));

    // then
    for (String rung : List.of("5", "15", "45", "45")) {
      get("/me");
      await().untilAsserted(() -> assertThat(header(get("/me"), "Retry-After")).isEqualTo(rung));
      clock.advance(Duration.ofSeconds(Long.parseLong(rung)));
    }

    // and when
    clock.advance(Duration.ofHours(1));
    get("/me");

    // then
    assertThat(header(get("/me"), "Retry-After")).isEqualTo("5");
  }

  @Test
  void tellsOfAHoldOnceHoweverManyCallsFindIt() throws IOException {
    // given
    meta.answers(_ -> limit(80000).after(Duration.ofMillis(200)));

    // when
    List<HttpResponse<String>> answers = inParallel(50, "/v25.0/act_1/insights");

    // then
    assertThat(answers).allMatch(it -> "RATE_LIMITED".equals(header(it, "X-Tokenwarden-Category")));
    String scope = "account:" + app + ":1:ads_insights";
    ReceivedRecord record = throttled(scope, 1).getFirst();
    assertThat(record.header("ce_workspaceid")).contains("demo");
    assertThat(record.header("ce_source")).contains("/tokenwarden/graph-gateway");
    JsonNode fact = JSON.readTree(record.text());
    assertThat(fact.get("graphError").toString())
        .isEqualTo(
            "{\"code\":80000,\"subcode\":null,\"type\":null,\"httpStatus\":400,\"fbtraceId\":\"Atrace\"}");
    assertThat(fact.get("utilization").isNull()).isTrue();
    assertThat(record.toString()).doesNotContain(token(1), proof(1));
    await().during(Duration.ofMillis(500)).until(() -> throttled(scope, 1).size() == 1);
  }

  @Test
  void letsOneCallFindOutWhetherItIsOver() {
    // given
    meta.answers(_ -> limit(4));
    get("/me");
    throttled("app:" + app, 1);
    clock.advance(Duration.ofSeconds(301));
    meta.answers(_ -> Reply.json(200, OK).after(Duration.ofMillis(500)));

    // when
    List<HttpResponse<String>> answers = inParallel(20, "/me");

    // then
    assertThat(answers).filteredOn(it -> it.statusCode() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(it -> it.statusCode() != 200)
        .allMatch(it -> "1".equals(header(it, "Retry-After")))
        .allMatch(it -> "RATE_LIMITED".equals(header(it, "X-Tokenwarden-Category")));

    // and then
    assertThat(inParallel(20, "/me")).allMatch(it -> it.statusCode() == 200);
    assertThat(meta.calls()).hasSize(22);
  }

  @Test
  void staysClosedWhenThatCallIsTurnedAwayToo() {
    // given
    meta.answers(_ -> limit(4));
    get("/me");
    throttled("app:" + app, 1);
    clock.advance(Duration.ofSeconds(301));

    // when
    HttpResponse<String> turnedAway = get("/me");

    // then
    assertThat(header(turnedAway, "X-Tokenwarden-Retry-After")).isEqualTo("300");
    assertThat(header(get("/me"), "Retry-After")).isEqualTo("300");
    assertThat(meta.calls()).hasSize(2);
    assertThat(throttled("app:" + app, 2)).hasSize(2);
  }

  @Test
  void letsAnotherCallFindOutWhereTheFirstGetsNoAnswer() {
    // given
    meta.answers(_ -> limit(4));
    get("/me");
    throttled("app:" + app, 1);
    clock.advance(Duration.ofSeconds(301));
    var silent = new AtomicInteger();
    meta.answers(_ -> {
      silent.incrementAndGet();
      return Reply.json(200, OK).after(Duration.ofSeconds(3));
    });
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> get("/me", "X-Tokenwarden-Deadline", "1"));
    await().until(() -> silent.get() == 1);
    first.join();

    // when
    meta.answers(_ -> Reply.json(200, OK));
    HttpResponse<String> tooSoon = get("/me");
    clock.advance(Duration.ofSeconds(31));

    // then
    assertThat(header(tooSoon, "Retry-After")).isEqualTo("1");
    assertThat(get("/me").body()).isEqualTo(OK);
  }

  private String category(String target) {
    return header(get(target), "X-Tokenwarden-Category");
  }

  private static Reply limit(int code) {
    return Reply.json(
        400,
        "{\"error\":{\"code\":%d,\"message\":\"x\",\"fbtrace_id\":\"Atrace\"}}".formatted(code));
  }

  private static String regain(int minutes) {
    return "{\"1\":[{\"type\":\"ads_insights\",\"call_count\":100,\"estimated_time_to_regain_access\":%d}]}"
        .formatted(minutes);
  }

  private static List<ReceivedRecord> throttled(String scope, int many) {
    return TopicReader.shared().await("graph.throttled", scope, many);
  }
}
