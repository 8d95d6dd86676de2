package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.gateway.FakeServer.Reply;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.TopicReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EvidenceIT extends GatewayTest {

  @Test
  void turnsOneFailedCallIntoEvidence() throws IOException {
    // given
    connected(7, 31);
    meta.answers(_ -> Reply.json(400, EXPIRED));

    // when
    HttpResponse<String> answer = get("/v25.0/act_99/insights?fields=spend");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(EXPIRED);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TOKEN_EXPIRED");
    assertThat(header(answer, "X-Tokenwarden-Remedy")).isEqualTo("reconnect");
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("7");

    ReceivedRecord record =
        TopicReader.shared().await("token.suspected", connection.toString(), 1).getFirst();
    assertThat(record.header("ce_generation")).contains("7");
    assertThat(record.header("ce_revision")).contains("31");
    assertThat(record.header("ce_workspaceid")).contains("demo");
    assertThat(record.header("ce_source")).contains("/tokenwarden/graph-gateway");
    JsonNode fact = JSON.readTree(record.text());
    assertThat(fact.get("category").asText()).isEqualTo("TOKEN_EXPIRED");
    assertThat(fact.get("endpoint").asText()).isEqualTo("/v25.0/act_99/insights");
    assertThat(fact.get("assetId").asText()).isEqualTo("99");
    assertThat(fact.get("graphError").toString())
        .isEqualTo(
            "{\"code\":190,\"subcode\":463,\"type\":\"OAuthException\",\"httpStatus\":400,\"fbtraceId\":\"Atrace\"}");
    assertThat(record.toString()).doesNotContain(token(7), proof(7));
  }

  @Test
  void raisesEvidenceOnceHoweverManyCallsFailAtOnce() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(400, EXPIRED).after(Duration.ofMillis(200)));

    // when
    List<HttpResponse<String>> answers = inParallel(50, "/act_1/insights");

    // then
    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .allMatch(status -> status == 400 || status == 503)
        .contains(400);
    TopicReader.shared().await("token.suspected", connection.toString(), 1);
    await().during(Duration.ofMillis(500)).until(() -> evidence().size() == 1);
  }

  @Test
  void raisesEvidenceAboutAConnectionOfWhichNoWordHasComeYet() {
    // given
    leased(1, 1);
    meta.answers(_ -> Reply.json(400, EXPIRED));

    // when
    get("/me");

    // then
    ReceivedRecord record =
        TopicReader.shared().await("token.suspected", connection.toString(), 1).getFirst();
    assertThat(record.header("ce_workspaceid")).contains("demo");
    assertThat(record.header("ce_generation")).contains("1");
    assertThat(record.header("ce_revision")).contains("1");

    // and when
    int called = meta.calls().size();
    HttpResponse<String> refused = get("/me");

    // then
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(header(refused, "X-Tokenwarden-Generation")).isEqualTo("1");
    assertThat(meta.calls()).hasSize(called);

    // and when
    leased(1, 2);
    healthy(1, 2);
    meta.answers(_ -> Reply.json(200, OK));

    // then
    assertThat(get("/me").body()).isEqualTo(OK);
  }

  @Test
  void raisesEvidenceAboutAGenerationOfWhichNoWordHasComeYet() {
    // given
    announced(
        1,
        6,
        TokenStatus.EXPIRED,
        condition(ConditionKind.AUTH_EXPIRED, Reason.EXPIRED, Remedy.RECONNECT));
    leased(2, 7);
    meta.answers(_ -> Reply.json(400, EXPIRED));

    // when
    get("/me");

    // then
    ReceivedRecord record =
        TopicReader.shared().await("token.suspected", connection.toString(), 1).getFirst();
    assertThat(record.header("ce_generation")).contains("2");
    assertThat(record.header("ce_revision")).contains("7");

    // and when
    int called = meta.calls().size();
    clock.advance(Duration.ofSeconds(2));
    HttpResponse<String> refused = get("/me");

    // then
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(header(refused, "X-Tokenwarden-Generation")).isEqualTo("2");
    assertThat(meta.calls()).hasSize(called);
  }

  @Test
  void keepsEvidenceInTheTraceOfTheCall() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(400, EXPIRED));
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    // when
    get("/me", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

    // then
    ReceivedRecord record =
        TopicReader.shared().await("token.suspected", connection.toString(), 1).getFirst();
    assertThat(record.header("traceparent"))
        .hasValueSatisfying(parent -> assertThat(parent).contains(trace));
  }

  @Test
  void quarantinesTheGenerationUntilTheVerdict() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(400, EXPIRED));
    get("/me");
    meta.answers(_ -> Reply.json(200, OK));
    clock.advance(Duration.ofSeconds(20));
    int called = meta.calls().size();

    // when
    HttpResponse<String> refused = get("/me");

    // then
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(header(refused, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");
    assertThat(header(refused, "X-Tokenwarden-Generation")).isEqualTo("1");
    assertThat(header(refused, "Retry-After")).isEqualTo("40");
    assertThat(header(refused, "X-Tokenwarden-Retry-After")).isEqualTo("40");
    assertThat(GraphError.parse(503, refused.body()).orElseThrow().isTransient()).isTrue();
    assertThat(meta.calls()).hasSize(called);

    // and when
    leased(1, 6);
    healthy(1, 6);

    // then
    assertThat(get("/me").body()).isEqualTo(OK);
  }

  @Test
  void raisesEvidenceAnewForANewRevision() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(400, EXPIRED));
    get("/me");
    leased(1, 6);
    healthy(1, 6);

    // when
    get("/me");

    // then
    assertThat(TopicReader.shared().await("token.suspected", connection.toString(), 2))
        .extracting(record -> record.header("ce_revision").orElseThrow())
        .containsExactly("5", "6");
  }

  @Test
  void letsOneCallAMinutePassWhileThereIsNoVerdict() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(400, EXPIRED));
    get("/me");
    int called = meta.calls().size();

    // when
    clock.advance(Duration.ofSeconds(61));
    leased(1, 5);
    List<HttpResponse<String>> answers = inParallel(10, "/me");

    // then
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnlyOnce(400).contains(503);
    assertThat(meta.calls()).hasSize(called + 1);

    // and when
    clock.advance(Duration.ofSeconds(61));
    leased(1, 5);
    get("/me");

    // then
    assertThat(meta.calls()).hasSize(called + 2);
    await().during(Duration.ofMillis(300)).until(() -> evidence().size() == 1);
  }

  @Test
  void heedsADoubtThatAnotherReplicaRaised() throws SQLException {
    // given
    connected(1, 5);

    // when
    doubtByAnotherReplica(1, 5);

    // then
    await().atMost(Duration.ofSeconds(5)).until(() -> get("/me").statusCode() == 503);
  }

  @Test
  void leavesEvidenceToTheReplicaThatWasFirst() throws SQLException {
    // given
    connected(1, 5);
    meta.answers(_ -> {
      doubtByAnotherReplica(1, 5);
      return Reply.json(400, EXPIRED);
    });

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    await().during(Duration.ofMillis(500)).until(() -> evidence().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH_EXPIRED, EXPIRED, TOKEN_EXPIRED, reconnect",
    "AUTH_EXPIRED, UNUSED_90_DAYS, TOKEN_EXPIRED, reconnect",
    "AUTH_EXPIRED, PASSWORD_CHANGED, TOKEN_INVALIDATED, reconnect",
    "AUTH_EXPIRED, APP_REMOVED, TOKEN_INVALIDATED, reconnect",
    "AUTH_EXPIRED, LOGGED_OUT, TOKEN_INVALIDATED, reconnect",
    "RECONNECT_REQUIRED, UNVERIFIABLE, TOKEN_INVALIDATED, reconnect",
    "CHECKPOINT,, BLOCKED, resolve_checkpoint"
  })
  void refusesAGenerationThatIsKnownToBeDeadWithoutAskingMeta(
      ConditionKind kind, Reason reason, String category, String remedy) {
    // given
    leased(1, 6);
    announced(1, 6, TokenStatus.EXPIRED, condition(kind, reason, Remedy.RECONNECT));

    // when
    HttpResponse<String> answer = get("/act_1/insights");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo(category);
    assertThat(header(answer, "X-Tokenwarden-Remedy")).isEqualTo(remedy);
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("1");
    assertThat(GraphError.parse(400, answer.body()).orElseThrow().meaning().category())
        .hasToString(category);
    assertThat(meta.calls()).isEmpty();
    noDoubtComes();
  }

  @Test
  void ignoresNewsOlderThanWhatItKnows() {
    // given
    leased(2, 9);
    announced(2, 9, TokenStatus.ACTIVE);

    // when
    publish(
        state(
            1,
            8,
            TokenStatus.EXPIRED,
            condition(ConditionKind.AUTH_EXPIRED, Reason.EXPIRED, Remedy.RECONNECT)));
    publish(state(2, 9, TokenStatus.ACTIVE));

    // then
    await()
        .during(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(get("/me").statusCode()).isEqualTo(200));
  }

  @Test
  void usesANewCredentialBeforeTheWordOfTheReconnectHasCome() {
    // given
    announced(
        1,
        6,
        TokenStatus.EXPIRED,
        condition(ConditionKind.AUTH_EXPIRED, Reason.EXPIRED, Remedy.RECONNECT));
    meta.answers(_ -> Reply.json(200, OK));

    // when
    leased(2, 7);
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(answer.body()).isEqualTo(OK);
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("2");
  }

  @Test
  void repeatsWithTheNewerGenerationAndAlarmsNobodyWhenTheTokenWasReplacedMeanwhile() {
    // given
    connected(1, 5);
    meta.answers(call -> {
      leased(2, 6);
      return call.query().contains(encoded(token(2)))
          ? Reply.json(200, OK)
          : Reply.json(400, EXPIRED);
    });

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(answer.body()).isEqualTo(OK);
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("2");
    assertThat(meta.calls()).hasSize(2);
    noDoubtComes();
  }

  @Test
  void repeatsOnlyOnceHoweverOftenTheTokenIsReplaced() {
    // given
    connected(1, 5);
    java.util.concurrent.atomic.AtomicLong generation =
        new java.util.concurrent.atomic.AtomicLong(1);
    meta.answers(_ -> {
      leased(generation.incrementAndGet(), 5 + generation.get());
      return Reply.json(400, EXPIRED);
    });

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(meta.calls()).hasSize(2);
  }

  @ParameterizedTest(name = "HTTP {0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | {"error":{"code":200,"message":"(#200) Requires ads_read"}}                             | PERMISSION_MISSING
          400 | {"error":{"code":10,"message":"x"}}                                                     | PERMISSION_MISSING
          400 | {"error":{"code":190,"message":"Any of the pages_show_list permission(s) must be granted before impersonating a user's page."}} | PERMISSION_MISSING
          400 | {"error":{"code":190,"message":"(#190) This method must be called with a Page Access Token"}} | BAD_REQUEST
          400 | {"error":{"code":190,"error_subcode":2069032,"message":"x"}}                            | BAD_REQUEST
          400 | {"error":{"code":100,"error_subcode":33,"message":"x"}}                                 | ASSET_UNAVAILABLE
          400 | {"error":{"code":803,"message":"x"}}                                                    | ASSET_UNAVAILABLE
          403 | {"error":{"code":4,"message":"x","is_transient":true}}                                  | RATE_LIMITED
          400 | {"error":{"code":17,"error_subcode":2446079,"message":"x"}}                             | RATE_LIMITED
          400 | {"error":{"code":80004,"message":"x"}}                                                  | RATE_LIMITED
          429 | slow down                                                                               | RATE_LIMITED
          400 | {"error":{"code":368,"message":"x"}}                                                    | BLOCKED
          400 | {"error":{"code":200,"message":"API access blocked."}}                                  | BLOCKED
          400 | {"error":{"code":101,"message":"x"}}                                                    | AUTH_ERROR
          400 | {"error":{"code":100,"message":"Invalid appsecret_proof provided in the API argument"}} | AUTH_ERROR
          500 | {"error":{"code":1,"message":"x"}}                                                      | TRANSIENT
          500 | {"error":{"code":2,"message":"x","is_transient":true}}                                  | TRANSIENT
          200 | {"data":[{"spend":                                                                      | TRANSIENT
          500 | <html>                                                                                  | SERVER_ERROR
          400 | <!DOCTYPE html><html>                                                                   | SERVER_ERROR
          503 | ''                                                                                      | SERVER_ERROR
          400 | {"error":{"code":100,"message":"x"}}                                                    | BAD_REQUEST
          """)
  void quarantinesNothingForAnythingElse(int status, String body, String category) {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(status, body));

    // when
    HttpResponse<String> answer = get("/act_1/insights", "X-Tokenwarden-Deadline", "0.1");

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo(category);
    noDoubtComes();
    assertThat(get("/me", "X-Tokenwarden-Deadline", "0.1").body())
        .doesNotContain("is being verified");
  }

  private void doubtByAnotherReplica(long generation, long revision) {
    try (Connection sql = database.getConnection();
        PreparedStatement insert =
            sql.prepareStatement(
                "insert into doubt (connection_id, generation, revision, raised_at, probed_at) values (?, ?, ?, ?, ?)")) {
      OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
      insert.setObject(1, connection.value());
      insert.setLong(2, generation);
      insert.setLong(3, revision);
      insert.setObject(4, now);
      insert.setObject(5, now);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Writing a doubt", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
