package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that change something at Meta, and calls with a body.
@QuarkusTest
class WriteIT extends WriterTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String DONE = "{\"success\":true}";
  private static final String BROKEN =
      "{\"error\":{\"message\":\"x\",\"type\":\"OAuthException\",\"code\":2,\"is_transient\":true}}";

  // ---- what goes out

  @ParameterizedTest
  @ValueSource(strings = {FORM, JSON_TYPE, MULTIPART})
  void writesTheSameWhateverTheFormOfTheBody(String type) {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, DONE));
    String body =
        switch (type) {
          case FORM -> "name=a%26b&access_token=" + handle;
          case JSON_TYPE -> "{\"name\":\"a&b\",\"access_token\":\"" + handle + "\"}";
          default -> multipart("name=a&b", "access_token=" + handle);
        };

    // when
    HttpResponse<String> answer = call("POST", "/v24.0/act_1/campaigns", type, body, new String[0]);

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Call call = meta.calls().getLast();
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.path()).isEqualTo("/v24.0/act_1/campaigns");
    assertThat(call.header("Content-type")).isEqualTo(FORM);
    assertThat(call.body()).isEqualTo("name=a%26b");
    assertThat(call.query()).contains("access_token=", "appsecret_proof=" + proof(7));
    assertThat(call.toString()).doesNotContain(handle);
  }

  @Test
  void deletes() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, DONE));

    // when
    HttpResponse<String> answer = call("POST", "/9?method=delete", FORM, "reason=old");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    Call call = meta.calls().getLast();
    assertThat(call.method()).isEqualTo("DELETE");
    assertThat(call.query()).endsWith("&reason=old").doesNotContain("method");
  }

  @Test
  void aReadTooLongForARequestLineIsSentAsAForm() {
    // given
    writes();
    String fields = "impressions,".repeat(400) + "clicks";

    // when
    HttpResponse<String> answer = call("GET", "/act_1/insights?fields=" + fields, FORM, "");

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Call call = meta.calls().getLast();
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.query()).endsWith("&method=GET");
    assertThat(call.body()).isEqualTo("fields=" + fields.replace(",", "%2C"));
  }

  @Test
  void aReportIsAskedForByWhoeverMayRead() {
    // given
    writes();
    opens("read");
    meta.answers(_ -> Reply.json(200, "{\"report_run_id\":\"1\"}"));

    // when
    HttpResponse<String> answer = call("POST", "/act_1/insights", FORM, "level=ad");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(meta.calls().getLast().body()).isEqualTo("level=ad");
  }

  // ---- who may not

  @Test
  void neitherAReadHandleNorAServiceWrites() {
    // given
    writes();
    opens("read");

    // when
    HttpResponse<String> byReader = call("POST", "/act_1/campaigns", FORM, "name=x");
    HttpResponse<String> byService =
        call(
            "POST",
            "/act_1/campaigns",
            FORM,
            "name=x",
            "Authorization",
            "Bearer " + bearer,
            "X-Connection-Id",
            connection.toString());

    // then
    assertThat(byReader.statusCode()).isEqualTo(403);
    assertThat(byService.statusCode()).isEqualTo(403);
    assertThat(meta.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH_EXPIRED, EXPIRED, TOKEN_EXPIRED",
    "RECONNECT_REQUIRED, PASSWORD_CHANGED, TOKEN_INVALIDATED",
    "CHECKPOINT, , BLOCKED",
    "BLOCKED_BY_META, , BLOCKED",
    ", , PERMISSION_MISSING"
  })
  void aBlockedConnectionWritesNothingThenAndLater(
      ConditionKind kind, Reason reason, String category) {
    // given
    writes();
    Condition[] blocked =
        kind == null
            ? new Condition[0]
            : new Condition[] {condition(kind, reason, Remedy.RECONNECT)};
    said(7, 32, TokenStatus.ACTIVE, Lifecycle.CONNECTED, false, blocked);

    // when
    HttpResponse<String> edited = call("POST", "/9", FORM, "name=x");
    HttpResponse<String> paused = call("POST", "/9", FORM, "status=PAUSED");
    HttpResponse<String> deleted = call("DELETE", "/9", FORM, "");

    // then
    assertBlocked(edited, category);
    assertBlocked(paused, category);
    assertBlocked(deleted, category);

    // and when it lives again
    leased(8, 33);
    said(8, 33, TokenStatus.ACTIVE, Lifecycle.CONNECTED, true);
    HttpResponse<String> read = call("GET", "/9", FORM, "");

    // then nothing of that is made up for
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(meta.calls()).extracting(Call::method).containsExactly("GET");
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, CONNECTED, TOKEN_EXPIRED",
    "INACTIVE, CONNECTED, TOKEN_INVALIDATED",
    "ACTIVE, DISCONNECTED, TOKEN_INVALIDATED"
  })
  void whatIsNoLivingConnectionWritesNothing(
      TokenStatus status, Lifecycle lifecycle, String category) {
    // given
    writes();
    said(7, 32, status, lifecycle, true);

    // then
    assertBlocked(call("POST", "/9", FORM, "status=PAUSED"), category);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void saysWhenABlockEnds() {
    // given
    writes();
    Condition block =
        new Condition(
            ConditionKind.BLOCKED_BY_META,
            null,
            null,
            connection,
            Remedy.WAIT_OR_RESOLVE,
            Instant.now(),
            clock.instant().plusSeconds(600));
    said(7, 32, TokenStatus.ACTIVE, Lifecycle.CONNECTED, false, block);

    // when
    HttpResponse<String> answer = call("POST", "/9", FORM, "name=x");

    // then
    assertBlocked(answer, "BLOCKED");
    assertThat(Long.parseLong(header(answer, "Retry-After"))).isBetween(590L, 600L);
  }

  @Test
  void ofAConnectionThatNothingWasSaidOfNothingIsWritten() {
    // given
    leased(7, 31);
    opens("write");

    // then
    assertBlocked(call("POST", "/9", FORM, "status=PAUSED"), "TRANSIENT");
    assertThat(meta.calls()).isEmpty();
  }

  // ---- while the token is in doubt

  @Test
  void inQuarantineItPausesAndDoesNothingElse() {
    // given
    writes();
    meta.answers(
        call -> call.method().equals("GET") ? Reply.json(400, EXPIRED) : Reply.json(200, DONE));
    call("GET", "/9", FORM, "");
    assertThat(call("GET", "/9", FORM, "").statusCode()).isEqualTo(503);
    int before = meta.calls().size();

    // when
    assertBlocked(call("POST", "/9", FORM, "status=ACTIVE"), "TRANSIENT");
    assertBlocked(call("POST", "/9", FORM, "status=PAUSED&daily_budget=1"), "TRANSIENT");
    assertBlocked(call("POST", "/9/copies", FORM, "status=PAUSED"), "TRANSIENT");
    assertBlocked(call("POST", "/?ids=8,9", FORM, "status=PAUSED"), "TRANSIENT");
    assertBlocked(call("DELETE", "/9", FORM, ""), "TRANSIENT");
    clock.advance(Duration.ofMinutes(2));
    writesStill();
    assertBlocked(call("POST", "/9", FORM, "name=x"), "TRANSIENT");

    // then
    assertThat(meta.calls()).hasSize(before);

    // and
    assertThat(call("POST", "/9", FORM, "status=PAUSED").statusCode()).isEqualTo(200);
    assertThat(meta.calls()).hasSize(before + 1);
    assertThat(meta.calls().getLast().body()).isEqualTo("status=PAUSED");
  }

  /// The lease is over with the time that has passed.
  private void writesStill() {
    leased(7, 31);
    opens("write");
  }

  // ---- what comes of it

  @Test
  void aWriteIsSentOnceWhateverComesOfIt() {
    // given
    writes();
    meta.answers(_ -> Reply.json(500, BROKEN));

    // when
    HttpResponse<String> answer = call("POST", "/act_1/campaigns", FORM, "name=x");

    // then
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");
    assertThat(meta.calls()).hasSize(1);
  }

  @Test
  void ofAWriteWithoutAnAnswerIsSaidThatNobodyKnows() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, "{\"id\":\"1\"}").cutOffAfter(3));

    // when
    HttpResponse<String> answer = call("POST", "/act_1/campaigns", FORM, "name=x");

    // then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("is not known");
    assertThat(header(answer, "Retry-After")).isNull();
    assertThat(meta.calls()).hasSize(1);
  }

  @Test
  void aWriteThatMeetsADeadTokenIsEvidenceLikeARead() {
    // given
    writes();
    meta.answers(_ -> Reply.json(400, EXPIRED));

    // when
    HttpResponse<String> answer = call("POST", "/act_1/campaigns", FORM, "name=x");

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TOKEN_EXPIRED");
    await().atMost(SOON).until(() -> evidence().size() == 1);
  }

  @Test
  void aWriteWithATokenThatWasRenewedMeanwhileIsNotRepeatedAndAlarmsNobody() {
    // given
    writes();
    meta.answers(_ -> {
      leased(8, 32);
      return Reply.json(400, EXPIRED);
    });

    // when
    HttpResponse<String> answer = call("POST", "/act_1/campaigns", FORM, "name=x");

    // then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("nothing was written");
    assertThat(meta.calls()).hasSize(1);
    noDoubtComes();
  }

  // ---- named assets

  @Test
  void aHandleWithNamedAssetsWritesWhatBelongsToThem() {
    // given
    String object = Long.toString(Math.abs(connection.value().getMostSignificantBits()));
    writes("11");
    meta.answers(call ->
        call.method().equals("GET")
            ? Reply.json(200, "{\"account_id\":\"11\"}")
            : Reply.json(200, DONE));

    // then
    assertThat(call("POST", "/act_11/campaigns", FORM, "name=x").statusCode()).isEqualTo(200);
    assertThat(call("DELETE", "/" + object, FORM, "").statusCode()).isEqualTo(200);
    assertThat(call("POST", "/act_12/campaigns", FORM, "name=x").statusCode()).isEqualTo(403);
    assertThat(meta.calls()).extracting(Call::method).containsExactly("POST", "GET", "DELETE");
  }

  // ---- bodies that are refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain           | name=x",
        "application/xml      | <x/>",
        "multipart/mixed      | x",
        "multipart/form-data  | x",
        "application/json     | [1]"
      })
  void takesNoBodyItDoesNotUnderstand(String type, String body) {
    // given
    writes();

    // then
    assertThat(call("POST", "/9", type, body).statusCode()).isEqualTo(400);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void takesNoBodyWithoutEnd() {
    // given
    writes();

    // when
    HttpResponse<String> answer = call("POST", "/9", FORM, "x=" + "y".repeat(1024 * 1024));

    // then
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void doesNotWaitForABodyThatSaysItIsTooLong() throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket
          .getOutputStream()
          .write(
              "POST /9 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 413 ")
          .contains("\"error\":{");
    }
  }

  private static void assertBlocked(HttpResponse<String> answer, String category) {
    assertThat(answer.body()).contains("CONNECTION_BLOCKED");
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo(category);
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
  }
}
