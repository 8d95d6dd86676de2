package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reports that Meta makes meanwhile, and does not find at first.
@QuarkusTest
class ReportIT extends WriterTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String GONE =
      "{\"error\":{\"message\":\"Unsupported get request\",\"code\":100,\"error_subcode\":33}}";
  private static final String RUNS = "{\"async_status\":\"Job Running\"}";

  private final String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 50));

  @BeforeEach
  void connect() {
    writes();
    opens("read");
  }

  @Test
  void aReportThatWasJustBegunIsAskedForAgain() {
    // given
    AtomicInteger polls = new AtomicInteger();
    meta.answers(call -> isBegun(call) ? begun() : polls.getAndIncrement() < 2 ? gone() : runs());
    assertThat(begin().body()).contains(run);

    // when
    HttpResponse<String> answer = poll("/v25.0/" + run);

    // then
    assertThat(answer.body()).isEqualTo(RUNS);
    assertThat(polls).hasValue(3);
  }

  @Test
  void neitherItNorItsRowsGiveReasonToDoubtAnything() {
    // given
    meta.answers(call -> isBegun(call) ? begun() : gone());
    begin();

    // when
    HttpResponse<String> state = poll("/v25.0/" + run);
    HttpResponse<String> rows = poll("/v25.0/" + run + "/insights");

    // then
    for (HttpResponse<String> answer : List.of(state, rows)) {
      assertThat(answer.body()).isEqualTo(GONE);
      assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");
      assertThat(header(answer, "X-Tokenwarden-Remedy")).isEqualTo("retry_later");
      assertThat(header(answer, "X-Tokenwarden-Retry-After")).isEqualTo("5");
    }

    // and when
    poll("/v25.0/4711");

    // then
    await().atMost(SOON).until(() -> !evidence().isEmpty());
    assertThat(evidence())
        .singleElement()
        .satisfies(it -> assertThat(it.text()).contains("\"4711\"").doesNotContain(run));
  }

  @Test
  void aReportThatWasBegunElsewhereIsToldByWhatIsAskedOfIt() {
    // given
    meta.answers(_ -> gone());

    // when
    HttpResponse<String> answer = poll("/v25.0/" + run + "?fields=id,async_status");
    meta.answers(_ ->
        Reply.json(
            200,
            "[{\"code\":400,\"body\":%1$s},{\"code\":400,\"body\":%1$s}]"
                .formatted(JSON.valueToTree(GONE))));
    HttpResponse<String> batch =
        call(
            "POST",
            "/v25.0",
            FORM,
            "batch="
                + encoded(
                    "[{\"method\":\"GET\",\"relative_url\":\"%1$s?fields=async_percent_completion\"},{\"method\":\"GET\",\"relative_url\":\"%1$s\"}]"
                        .formatted(run)));

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");
    assertThat(header(batch, "X-Tokenwarden-Batch")).isEqualTo("0=TRANSIENT,1=ASSET_UNAVAILABLE");
  }

  @Test
  void whatIsNotFoundLongAfterwardsIsGone() {
    // given
    meta.answers(call -> isBegun(call) ? begun() : gone());
    begin();

    // when
    clock.advance(Duration.ofMinutes(11));
    leased(7, 31);

    // then
    assertThat(header(poll("/v25.0/" + run), "X-Tokenwarden-Category"))
        .isEqualTo("ASSET_UNAVAILABLE");
  }

  private HttpResponse<String> begin() {
    return call("POST", "/v25.0/act_11/insights", FORM, "fields=spend");
  }

  private HttpResponse<String> poll(String target) {
    return call("GET", target, FORM, "");
  }

  private static boolean isBegun(Call call) {
    return call.path().equals("/v25.0/act_11/insights");
  }

  private Reply begun() {
    return Reply.json(200, "{\"report_run_id\":\"%s\"}".formatted(run));
  }

  private static Reply gone() {
    return Reply.json(400, GONE);
  }

  private static Reply runs() {
    return Reply.json(200, RUNS);
  }
}
