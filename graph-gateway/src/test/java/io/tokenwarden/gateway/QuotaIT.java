package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Reply;
import io.tokenwarden.gateway.quota.StrictMeta;
import io.tokenwarden.graph.ErrorCategory;
import io.tokenwarden.graph.GraphError;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Calls and the quotas they use up, over the wire. Each test has an ad account of its own; which
/// limit that has stands in its number.
@QuarkusTest
class QuotaIT extends WriterTest {

  static final String QUOTAS =
      "account:*:7700004:*=4/1h; account:*:7700020:*=20/2s; account:*:7700001:*=1/1h,shadow";

  private static final String INVALID =
      "{\"error\":{\"message\":\"(#100) Invalid parameter\",\"type\":\"OAuthException\",\"code\":100}}";

  @Test
  void refusesWhatIsBeyondTheLimitWithoutAskingMeta() {
    // given
    connected(1, 1);
    meta.answers(_ -> Reply.json(400, INVALID));
    inParallel(4, "/act_7700004/insights");

    // when
    HttpResponse<String> answer = get("/act_7700004/insights");

    // then
    assertThat(meta.calls()).as("failed calls count too").hasSize(4);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(3_500, 3_605);
    GraphError error = GraphError.parse(400, answer.body()).orElseThrow();
    assertThat(error.meaning().category()).isEqualTo(ErrorCategory.RATE_LIMITED);
    assertThat(error.message()).contains("account:" + app + ":7700004:ads_insights");
  }

  @Test
  void takesAPermitForEachCallOfABatch() throws IOException {
    // given
    writes();
    String item = "{\"method\":\"GET\",\"relative_url\":\"act_7700004/insights\"}";
    String batch = "{\"batch\":[%s,%s,%s]}".formatted(item, item, item);

    // when
    HttpResponse<String> first = call("POST", "/", JSON_TYPE, batch);
    HttpResponse<String> second = call("POST", "/", JSON_TYPE, batch);

    // then
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(second, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(meta.calls()).hasSize(1);
    assertThat(get("/act_7700004/insights").statusCode())
        .as("what it took was given back")
        .isEqualTo(200);
  }

  @Test
  void letsCallsWaitUntilTheLimitAllowsThem() {
    // given
    connected(1, 1);
    StrictMeta strict = new StrictMeta(20, Duration.ofSeconds(2).toNanos());
    meta.answers(_ -> {
      synchronized (strict) {
        strict.arrives(System.nanoTime());
      }
      return Reply.json(200, OK);
    });

    // when
    List<HttpResponse<String>> answers = inParallel(50, "/act_7700020/insights");

    // then
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(strict.beyond()).isZero();
  }

  @Test
  void refusesAtOnceWhatCannotBeWaitedFor() {
    // given
    connected(1, 1);
    inParallel(20, "/act_7700020/ads");

    // when
    HttpResponse<String> answer =
        get("/act_7700020/ads", "X-Tokenwarden-Deadline", "1", "X-Tokenwarden-Priority", "sync");

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("RATE_LIMITED");
    assertThat(header(answer, "Retry-After")).isIn("1", "2");
  }

  @Test
  void holdsNothingBackForALimitInTheShadow() {
    connected(1, 1);

    List<HttpResponse<String>> answers = inParallel(5, "/act_7700001/insights");

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
  }

  @Test
  void knowsThreeLanesAndNoOther() {
    // given
    connected(1, 1);

    // when
    HttpResponse<String> backfill = get("/me", "X-Tokenwarden-Priority", "backfill");
    HttpResponse<String> urgent = get("/me", "X-Tokenwarden-Priority", "urgent");

    // then
    assertThat(backfill.statusCode()).isEqualTo(200);
    assertThat(urgent.statusCode()).isEqualTo(400);
    assertThat(header(urgent, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
  }
}
