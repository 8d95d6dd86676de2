package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several calls in one.
@QuarkusTest
class BatchIT extends WriterTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String THROTTLED =
      "{\"error\":{\"message\":\"x\",\"code\":17,\"error_subcode\":2446079}}";
  private static final String GONE =
      "{\"error\":{\"message\":\"x\",\"code\":100,\"error_subcode\":33}}";

  @ParameterizedTest
  @CsvSource({"/, /v25.0/", "/v24.0, /v24.0/", "/v24.0/, /v24.0/"})
  void takesABatchAsEachSdkSendsIt(String target, String path) throws IOException {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, answered("{\"id\":\"1\"}", "{\"success\":true}")));
    String items = items("GET me", "POST 9");

    // when
    HttpResponse<String> asForm = call("POST", target, FORM, "batch=" + encoded(items));
    HttpResponse<String> asJson = call("POST", target, JSON_TYPE, "{\"batch\":" + items + "}");
    HttpResponse<String> asParts = call("POST", target, MULTIPART, multipart("batch=" + items));

    // then
    for (HttpResponse<String> answer : List.of(asForm, asJson, asParts)) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(header(answer, "X-Tokenwarden-Batch")).isNull();
      assertThat(json(answer).size()).isEqualTo(2);
    }
    assertThat(meta.calls()).extracting(Call::path).containsOnly(path);
    assertThat(meta.calls())
        .extracting(Call::body)
        .hasSize(3)
        .containsOnly(meta.calls().getFirst().body());
    JsonNode sent = sent(meta.calls().getLast());
    assertThat(sent.get(0).get("relative_url").asText()).isEqualTo(path.substring(1) + "me");
    assertThat(sent.get(1).get("method").asText()).isEqualTo("POST");
  }

  @Test
  void saysWhichItemsFailedAndWhatItMeans() {
    // given
    writes();
    meta.answers(_ ->
        Reply.json(
            200,
            "[%s,%s,null,null,%s]"
                .formatted(item(200, "{}"), item(400, THROTTLED), item(400, GONE))));
    String items =
        "[{\"method\":\"GET\",\"relative_url\":\"1\"},{\"method\":\"GET\",\"relative_url\":\"2\"},{\"method\":\"GET\",\"relative_url\":\"3\",\"omit_response_on_success\":true},{\"method\":\"GET\",\"relative_url\":\"4\"},{\"method\":\"GET\",\"relative_url\":\"5\"}]";

    // when
    HttpResponse<String> answer = call("POST", "/", FORM, "batch=" + encoded(items));

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "X-Tokenwarden-Batch"))
        .isEqualTo("1=RATE_LIMITED,3=TRANSIENT,4=ASSET_UNAVAILABLE");
    assertThat(meta.calls()).hasSize(1);
    await().atMost(SOON).until(() -> evidence().size() == 1);
  }

  @Test
  void leavesAloneWhatAnItemFoundUsedUp() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, answered("{}", THROTTLED)));
    call("POST", "/", FORM, "batch=" + encoded(items("GET me", "GET act_2/ads")));

    // when
    HttpResponse<String> refused =
        call("POST", "/", FORM, "batch=" + encoded(items("GET act_1/ads", "GET act_2/ads")));

    // then
    assertThat(header(refused, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(header(refused, "Retry-After")).isEqualTo("300");
    assertThat(meta.calls()).hasSize(1);
    call("POST", "/", FORM, "batch=" + encoded(items("GET me", "GET act_1/ads")));
    assertThat(meta.calls()).hasSize(2);
  }

  @Test
  void saysSoInLongAnswersToo() {
    // given
    writes();
    String long200 = "{\"data\":\"" + "x".repeat(200_000) + "\"}";
    meta.answers(_ -> Reply.json(200, answered(long200, THROTTLED)));

    // when
    HttpResponse<String> answer =
        call("POST", "/", FORM, "batch=" + encoded(items("GET 1", "GET 2")));

    // then
    assertThat(answer.body()).hasSizeGreaterThan(200_000);
    assertThat(header(answer, "X-Tokenwarden-Batch")).isEqualTo("1=RATE_LIMITED");
  }

  @Test
  void saysThatItCannotSay() {
    // given
    writes();
    String tooLong = "{\"data\":\"" + "x".repeat(5_000_000) + "\"}";
    meta.answers(_ -> Reply.json(200, answered(tooLong, THROTTLED)));

    // when
    HttpResponse<String> answer =
        call("POST", "/", FORM, "batch=" + encoded(items("GET 1", "GET 2")));

    // then
    assertThat(answer.body()).hasSizeGreaterThan(5_000_000);
    assertThat(header(answer, "X-Tokenwarden-Batch")).isEqualTo("unknown");
  }

  @Test
  void anItemThatMeetsADeadTokenIsEvidenceOnce() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, answered(EXPIRED, EXPIRED)));

    // when
    HttpResponse<String> answer =
        call("POST", "/", FORM, "batch=" + encoded(items("GET 1", "GET 2")));

    // then
    assertThat(header(answer, "X-Tokenwarden-Batch")).isEqualTo("0=TOKEN_EXPIRED,1=TOKEN_EXPIRED");
    await().atMost(SOON).until(() -> evidence().size() == 1);
  }

  @ParameterizedTest
  @CsvSource({"GET, 2", "POST, 1"})
  void onlyABatchOfReadsIsRepeatedWithARenewedToken(String method, int times) {
    // given
    writes();
    meta.answers(call -> {
      boolean old = call.query().contains(encoded(token(7)));
      leased(8, 32);
      return Reply.json(200, old ? answered("{}", EXPIRED) : answered("{}", "{}"));
    });

    // when
    HttpResponse<String> answer =
        call("POST", "/", FORM, "batch=" + encoded(items("GET 1", method + " 2")));

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(meta.calls()).hasSize(times);
    assertThat(header(answer, "X-Tokenwarden-Batch"))
        .isEqualTo(times == 1 ? "1=TOKEN_EXPIRED" : null);
    noDoubtComes();
  }

  @Test
  void oneWriteMakesABatchAWrite() {
    // given
    writes();
    opens("read");
    meta.answers(_ -> Reply.json(200, answered("{}", "{}")));

    // when
    HttpResponse<String> reads =
        call("POST", "/", FORM, "batch=" + encoded(items("GET 1", "POST act_1/insights")));
    HttpResponse<String> writes =
        call("POST", "/", FORM, "batch=" + encoded(items("GET 1", "POST 2")));

    // then
    assertThat(reads.statusCode()).isEqualTo(200);
    assertThat(writes.statusCode()).isEqualTo(403);
    assertThat(meta.calls()).hasSize(1);
  }

  @Test
  void aHandleWithNamedAssetsIsAskedAboutEachObjectOfABatch() {
    // given
    String own = Long.toString(Math.abs(connection.value().getMostSignificantBits()));
    String other = own + "1";
    writes("11");
    meta.answers(call ->
        Reply.json(
            200,
            call.path().endsWith(own) ? "{\"account_id\":\"11\"}" : "{\"account_id\":\"12\"}"));

    // when
    HttpResponse<String> answer =
        call(
            "POST",
            "/",
            FORM,
            "batch=" + encoded(items("GET act_11/ads", "GET " + own, "DELETE " + other)));

    // then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(meta.calls()).extracting(Call::method).containsOnly("GET");
  }

  private static JsonNode sent(Call call) throws IOException {
    String batch =
        Stream.of(call.body().split("&"))
            .filter(pair -> pair.startsWith("batch="))
            .findFirst()
            .orElseThrow();
    return JSON.readTree(
        URLDecoder.decode(batch.substring("batch=".length()), StandardCharsets.UTF_8));
  }

  private static String answered(String... bodies) {
    return Stream.of(bodies)
        .map(body -> item(body.contains("error") ? 400 : 200, body))
        .toList()
        .toString();
  }

  private static String item(int code, String body) {
    return "{\"code\":%d,\"body\":%s}"
        .formatted(code, JSON.getNodeFactory().textNode(body).toString());
  }

  private static String items(String... lines) {
    return Stream.of(lines)
        .map(line -> line.split(" "))
        .map(it -> "{\"method\":\"%s\",\"relative_url\":\"%s\"}".formatted(it[0], it[1]))
        .toList()
        .toString();
  }
}
