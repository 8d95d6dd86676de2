package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.gateway.FakeServer.Reply;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.testsupport.ReceivedRecord;
import io.tokenwarden.testsupport.TopicReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is suspected of anything but the token: told once, held back by nobody, until auth-service
/// says that the whole app is blocked.
@QuarkusTest
class SuspicionIT extends GatewayTest {

  private static final String NO_PERMISSION =
      "{\"error\":{\"code\":200,\"message\":\"(#200) Requires ads_read\",\"fbtrace_id\":\"Atrace\"}}";
  private static final String BLOCKED_APP =
      "{\"error\":{\"code\":200,\"message\":\"API access blocked.\"}}";

  private static final GraphErrorInfo ERROR =
      new GraphErrorInfo(200, null, "OAuthException", 400, "Atrace");

  @ParameterizedTest(name = "{2} at {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /act_99/insights | {"error":{"code":200,"message":"(#200) Requires ads_read"}}           | PERMISSIONS | 99
          /me/adaccounts   | {"error":{"code":10,"message":"x"}}                                   | PERMISSIONS |
          /act_99/insights | {"error":{"code":100,"error_subcode":33,"message":"x"}}               | ASSET       | 99
          /7788/stats      | {"error":{"code":100,"error_subcode":33,"message":"x"}}               | ASSET       | 7788
          /act_99/insights | {"error":{"code":368,"message":"x"}}                                  | BLOCK       | 99
          /act_99/insights | {"error":{"code":200,"message":"API access blocked."}}                | APP         | 99
          """)
  void tellsWhatIsSuspectedAndDeliversTheAnswer(
      String path, String body, String suspicion, String asset) throws IOException {
    // given
    connected(7, 31);
    meta.answers(_ -> Reply.json(400, body));

    // when
    HttpResponse<String> answer = get("/v25.0" + path + "?fields=id");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(body);
    ReceivedRecord record =
        TopicReader.shared().await("token.suspected", connection.toString(), 1).getFirst();
    assertThat(record.header("ce_generation")).contains("7");
    assertThat(record.header("ce_revision")).contains("31");
    JsonNode fact = JSON.readTree(record.text());
    assertThat(fact.get("suspicion").asText()).isEqualTo(suspicion);
    assertThat(fact.get("endpoint").asText()).isEqualTo("/v25.0" + path);
    assertThat(fact.path("assetId").asText(null)).isEqualTo(asset);
    assertThat(fact.get("appId").asText()).isEqualTo(app);
    assertThat(record.toString()).doesNotContain(token(7), proof(7));
  }

  @Test
  void tellsOfAStormOnceAndHoldsNothingBack() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(403, NO_PERMISSION).after(Duration.ofMillis(100)));

    // when
    List<HttpResponse<String>> answers = inParallel(50, "/act_1/insights");
    get("/act_1/insights");

    // then
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(403);
    assertThat(meta.calls()).hasSize(51);
    noDoubtComes();
    TopicReader.shared().await("token.suspected", connection.toString(), 1);
    await().during(Duration.ofMillis(500)).until(() -> evidence().size() == 1);
  }

  @Test
  void tellsOfEachAssetAndEachSuspicionForItself() {
    // given
    connected(1, 5);
    meta.answers(call ->
        call.path().contains("/1188")
            ? Reply.json(400, "{\"error\":{\"code\":100,\"error_subcode\":33,\"message\":\"x\"}}")
            : Reply.json(403, NO_PERMISSION));

    // when
    for (int i = 0; i < 2; i++) {
      get("/act_1/insights");
      get("/act_2/insights");
      get("/me");
      get("/1188/stats");
    }

    // then
    assertThat(TopicReader.shared().await("token.suspected", connection.toString(), 4))
        .extracting(record -> fact(record, "suspicion") + " " + fact(record, "assetId"))
        .containsExactlyInAnyOrder(
            "PERMISSIONS 1", "PERMISSIONS 2", "PERMISSIONS null", "ASSET 1188");
    await().during(Duration.ofMillis(300)).until(() -> evidence().size() == 4);
  }

  @Test
  void tellsAnewOnceSomethingWasSaidOfTheConnection() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(403, NO_PERMISSION));
    get("/act_1/insights");
    leased(1, 6);
    healthy(1, 6);

    // when
    get("/act_1/insights");

    // then
    assertThat(TopicReader.shared().await("token.suspected", connection.toString(), 2))
        .extracting(record -> record.header("ce_revision").orElseThrow())
        .containsExactly("5", "6");
  }

  @Test
  void answersThoughTheEvidenceCannotBeStoredYet() throws SQLException {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(403, NO_PERMISSION));
    try (var sql = database.getConnection();
        var statement = sql.createStatement()) {
      sql.setAutoCommit(false);
      statement.execute("lock table suspicion in access exclusive mode");

      // when
      HttpResponse<String> answer = get("/act_1/insights");

      // then
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(evidence()).isEmpty();
      sql.rollback();
    }
    TopicReader.shared().await("token.suspected", connection.toString(), 1);
  }

  @Test
  void asksAboutTheAppAgainAfterAnHourSinceItsAnswersDoNotMoveTheConnection() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(400, BLOCKED_APP));
    get("/act_1/insights");
    get("/act_2/insights");
    TopicReader.shared().await("token.suspected", connection.toString(), 1);

    // when
    clock.advance(Duration.ofHours(1));
    leased(1, 5);
    get("/act_1/insights");

    // then
    TopicReader.shared().await("token.suspected", connection.toString(), 2);
    await().during(Duration.ofMillis(300)).until(() -> evidence().size() == 2);
  }

  // ---- the app is blocked

  @Test
  void refusesTheCallsOfABlockedAppWithoutAskingMeta() {
    // given
    connected(1, 5);
    appIs(blocked(1));

    // when
    HttpResponse<String> answer = get("/act_1/insights");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BLOCKED");
    assertThat(header(answer, "X-Tokenwarden-Remedy")).isEqualTo("check_app");
    assertThat(header(answer, "X-Tokenwarden-Generation")).isEqualTo("1");
    assertThat(header(answer, "Retry-After")).isNull();
    assertThat(GraphError.parse(400, answer.body()).orElseThrow().meaning().category())
        .hasToString("BLOCKED");
    assertThat(meta.calls()).isEmpty();
    await().during(Duration.ofMillis(300)).until(() -> evidence().isEmpty());
  }

  @Test
  void letsThemOutAgainOnceTheAppIsRestoredWhateverComesLate() {
    // given
    connected(1, 5);
    meta.answers(_ -> Reply.json(200, OK));
    appIs(blocked(1));

    // when
    appIs(restored(4));
    publish(blocked(3));
    publish(restored(2));
    publish(blocked(1));

    // then
    assertThat(get("/me").body()).isEqualTo(OK);
    await().during(Duration.ofMillis(500)).until(() -> get("/me").statusCode() == 200);

    // and when
    appIs(blocked(5));

    // then
    assertThat(header(get("/me"), "X-Tokenwarden-Category")).isEqualTo("BLOCKED");
  }

  @Test
  void holdsBackAConnectionOfABlockedAppOfWhichNoWordHasComeYet() {
    // given
    appIs(blocked(1));
    leased(1, 1);

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BLOCKED");
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void saysOfADeadTokenThatItIsDeadEvenWhileItsAppIsBlocked() {
    // given
    leased(1, 6);
    announced(
        1,
        6,
        TokenStatus.EXPIRED,
        condition(ConditionKind.AUTH_EXPIRED, Reason.PASSWORD_CHANGED, Remedy.RECONNECT));
    appIs(blocked(1));

    // when
    HttpResponse<String> answer = get("/me");

    // then
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TOKEN_INVALIDATED");
  }

  private void appIs(AppEvent news) {
    publish(news);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> connections.isBlocked(app) == (news instanceof AppBlocked));
  }

  private AppEvent blocked(long revision) {
    return new AppBlocked(AppEvent.OPERATORS, app, revision, Instant.now(), ERROR);
  }

  private AppEvent restored(long revision) {
    return new AppRestored(AppEvent.OPERATORS, app, revision, Instant.now(), ERROR);
  }

  private static String fact(ReceivedRecord record, String member) {
    try {
      return JSON.readTree(record.text()).path(member).asText("null");
    } catch (IOException e) {
      throw new AssertionError("Not JSON: " + record.text(), e);
    }
  }
}
