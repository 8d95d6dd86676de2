package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.contracts.HandleEvent.HandleRevoked;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers that show a handle where an SDK puts a token.
@QuarkusTest
class HandleIT extends GatewayTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject EndedSpans spans;

  private final UUID handleId = UUID.randomUUID();
  private final String handle = randomHandle();

  @Test
  void readsWithAHandleInTheQuery() {
    // given
    opened();
    meta.answers(_ -> Reply.json(200, OK));

    // when
    var answer = send(null, "/v25.0/me/adaccounts?fields=id&access_token=" + handle);

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(OK);
    var call = meta.calls().getLast();
    assertThat(call.path()).isEqualTo("/v25.0/me/adaccounts");
    assertThat(call.query()).contains("fields=id", "appsecret_proof=" + proof(7));
    assertThat(call.toString()).doesNotContain(handle);
  }

  @Test
  void noTraceHoldsTheHandle() {
    // given
    opened();
    meta.answers(_ -> Reply.json(200, OK));
    var trace = "4bf92f3577b34da6a3ce" + handleId.toString().substring(24);

    // when
    send(
        null,
        "/me?fields=id&access_token=" + handle,
        "traceparent",
        "00-" + trace + "-00f067aa0ba902b7-01");

    // then
    await().atMost(SOON).until(() -> !spans.ofTrace(trace).isEmpty());
    assertThat(spans.ofTrace(trace)).asString().contains("url.query").doesNotContain(handle);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "OAuth ", "bearer "})
  void readsWithAHandleInTheHeader(String scheme) {
    // given
    opened();
    meta.answers(_ -> Reply.json(200, OK));

    // when
    var answer = send(null, "/me", "Authorization", scheme + handle);

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(meta.calls()).hasSize(1);
    assertThat(meta.calls().getFirst().toString()).doesNotContain(handle);
  }

  @Test
  void furtherPagesAreReadByTheLinksThatMetaGave() {
    // given
    opened();
    var first = "/v25.0/act_11/campaigns?access_token=" + token(7) + "&limit=1&after=QVFI";
    meta.answers(call ->
        call.query().contains("after=QVFI")
            ? Reply.json(200, "{\"data\":[{\"id\":\"2\"}]}")
            : Reply.json(
                200,
                "{\"data\":[{\"id\":\"1\"}],\"paging\":{\"next\":\"" + metaUrl + first + "\"}}"));

    // when
    var page = withHandle("/v25.0/act_11/campaigns?limit=1");
    var next = URI.create(json(page).at("/paging/next").asText());
    var last = send(null, next.getRawPath() + "?" + next.getRawQuery());

    // then
    assertThat(next.getHost()).isEqualTo("graph.gateway.test");
    assertThat(page.body()).doesNotContain(token(7));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(json(last).at("/data/0/id").asText()).isEqualTo("2");
  }

  @Test
  void aHandleThatOpensNothingIsRefusedInGraphsWords() {
    // given
    connected(7, 31);

    // when
    var answer = send(null, "/me?access_token=" + handle);

    // then
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).at("/error/code").asInt()).isEqualTo(2500);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("AUTH_ERROR");
    assertThat(answer.body()).doesNotContain(handle);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void whatIsNoHandleIsNoCredential() {
    // when
    var answer = send(null, "/me?access_token=" + randomHandle().substring(4));

    // then
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(questionsToAuthService()).isEmpty();
  }

  @Test
  void twoCredentialsAreRefusedRatherThanOneChosen() {
    // given
    opened();

    // when
    var besideABearer = send(bearer, "/me?access_token=" + handle);
    var besideAnother =
        send(null, "/me?access_token=" + handle, "Authorization", "OAuth " + randomHandle());

    // then
    assertThat(besideABearer.statusCode()).isEqualTo(400);
    assertThat(besideAnother.statusCode()).isEqualTo(400);
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void whoeverNamesAnotherConnectionThanTheHandlesIsRefused() {
    // given
    opened();
    meta.answers(_ -> Reply.json(200, OK));

    // when
    var another = withHandle("/me", "X-Connection-Id", UUID.randomUUID().toString());
    var same = withHandle("/me", "X-Connection-Id", connection.toString());

    // then
    assertThat(another.statusCode()).isEqualTo(400);
    assertThat(same.statusCode()).isEqualTo(200);
  }

  @Test
  void aHandleInUseIsAskedAboutOnceAMinute() {
    // given
    opened();
    meta.answers(_ -> Reply.json(200, OK));

    // when
    for (int i = 0; i < 10; i++) {
      assertThat(withHandle("/me").statusCode()).isEqualTo(200);
    }

    // then
    assertThat(introspections()).isEqualTo(1);

    // and when
    leased(7, 31);
    clock.advance(Duration.ofSeconds(61));
    leased(7, 31);
    assertThat(withHandle("/me").statusCode()).isEqualTo(200);

    // then
    assertThat(introspections()).isEqualTo(2);
  }

  @Test
  void aHandleThatIsOverIsRefusedWithoutAsking() {
    // given
    opens(clock.instant().plusSeconds(30));
    meta.answers(_ -> Reply.json(200, OK));
    assertThat(withHandle("/me").statusCode()).isEqualTo(200);

    // when
    clock.advance(Duration.ofSeconds(31));

    // then
    assertThat(withHandle("/me").statusCode()).isEqualTo(401);
    assertThat(introspections()).isEqualTo(1);
  }

  @Test
  void aRevokedHandleIsRefusedThoughItIsRemembered() {
    // given
    opened();
    meta.answers(_ -> Reply.json(200, OK));
    assertThat(withHandle("/me").statusCode()).isEqualTo(200);

    // when
    publish(new HandleRevoked(WorkspaceId.of("demo"), handleId, connection, Instant.now()));

    // then
    await().atMost(SOON).until(() -> withHandle("/me").statusCode() == 401);
    assertThat(introspections()).isEqualTo(1);
  }

  @Test
  void nobodyIsTurnedAwayForGoodBecauseHandlesCannotBeLookedUp() {
    // given
    opened();
    var known = handles.put(handle, Reply.json(503, "{}"));
    meta.answers(_ -> Reply.json(200, OK));

    // when
    var meanwhile = withHandle("/me");

    // then
    assertThat(meanwhile.statusCode()).isEqualTo(503);
    assertThat(header(meanwhile, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");

    // and when
    handles.put(handle, known);

    // then
    assertThat(withHandle("/me").statusCode()).isEqualTo(200);
  }

  // ---- about the handle itself

  @Test
  void tellsAnSdkWhatItsHandleIsGoodFor() {
    // given
    opened();
    announced(7, 32, TokenStatus.ACTIVE);

    // when
    var answer = withHandle("/v25.0/debug_token?input_token=" + handle + "&fields=app_id");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    var data = json(answer).get("data");
    assertThat(data.get("app_id").asText()).isEqualTo(app);
    assertThat(data.get("is_valid").asBoolean()).isTrue();
    assertThat(Instant.ofEpochSecond(data.get("expires_at").asLong()))
        .isBetween(clock.instant().plusSeconds(86_390), clock.instant().plusSeconds(86_400));
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void tellsThatTheTokenBehindAHandleIsDead() {
    // given
    opened();
    announced(7, 32, TokenStatus.EXPIRED);

    // when
    var answer = withHandle("/debug_token");

    // then
    assertThat(json(answer).at("/data/is_valid").asBoolean()).isFalse();
  }

  @Test
  void ofOtherCredentialsNothingIsTold() {
    // given
    opened();

    // then
    assertThat(withHandle("/debug_token?input_token=" + randomHandle()).statusCode())
        .isEqualTo(403);
    assertThat(withHandle("/debug_token?input_token=EAAB").statusCode()).isEqualTo(403);
    assertThat(get("/debug_token?input_token=" + handle).statusCode()).isEqualTo(403);
    assertThat(meta.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void takesTheCrashReportsOfSdksAndPassesNoneOn(String method) {
    // given
    opened();

    // when
    var answer = withHandle("/v25.0/" + app + "/instruments?method=" + method);

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("success").asBoolean()).isTrue();
    assertThat(meta.calls()).isEmpty();
  }

  // ---- named assets

  @Test
  void aHandleWithNamedAssetsReachesThem() {
    // given
    opened("11", "12");
    meta.answers(_ -> Reply.json(200, OK));

    // then
    assertThat(withHandle("/v25.0/act_11/insights?fields=spend").statusCode()).isEqualTo(200);
    assertThat(withHandle("/12/campaigns").statusCode()).isEqualTo(200);
    assertThat(meta.calls()).hasSize(2);
  }

  @Test
  void aHandleWithNamedAssetsReachesNothingElse() {
    // given
    opened("11");

    // when
    var answer = withHandle("/me/adaccounts");

    // then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void anObjectOfANamedAdAccountIsReachedAndItsOwnerAskedForOnce() {
    // given
    var campaign = Long.toString(Math.abs(handleId.getMostSignificantBits()));
    opened("11");
    owner(campaign, Reply.json(200, "{\"account_id\":\"11\",\"id\":\"" + campaign + "\"}"));

    // when
    var first = withHandle("/v24.0/" + campaign + "/insights?fields=spend");
    var second = withHandle("/v24.0/" + campaign + "/ads");

    // then
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(meta.calls())
        .extracting(Call::path)
        .containsExactly(
            "/v24.0/" + campaign,
            "/v24.0/" + campaign + "/insights",
            "/v24.0/" + campaign + "/ads");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 {\"account_id\":\"13\",\"id\":\"1\"}",
        "200 {\"id\":\"1\"}",
        "200 {\"account_id\":11}",
        "200 {\"account_id\":\"act_11\"}",
        "200 []",
        "400 {\"error\":{\"code\":100,\"error_subcode\":33,\"message\":\"x\"}}",
        "400 {\"error\":{\"code\":200,\"message\":\"(#200) x\"}}",
        "404 {}"
      })
  void whatIsNotShownToBelongToANamedAdAccountIsNotReached(String said) {
    // given
    var object = Long.toString(Math.abs(handleId.getMostSignificantBits()));
    opened("11");
    owner(object, Reply.json(Integer.parseInt(said.substring(0, 3)), said.substring(4)));

    // when
    var answer = withHandle("/" + object + "/insights");

    // then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("account_id");
    assertThat(meta.calls()).hasSize(1);
    assertThat(evidence()).isEmpty();
  }

  @Test
  void whenMetaDoesNotSayWhoseAnObjectIsItIsNotReachedForNow() {
    // given
    var object = Long.toString(Math.abs(handleId.getMostSignificantBits()));
    opened("11");
    owner(object, Reply.json(500, "{\"error\":{\"code\":2,\"message\":\"x\"}}"));

    // when
    var answer = withHandle("/" + object);

    // then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "X-Tokenwarden-Category")).isEqualTo("TRANSIENT");
  }

  @Test
  void aDeadTokenFoundWhileAskingForAnOwnerIsEvidenceLikeAnyOther() {
    // given
    var object = Long.toString(Math.abs(handleId.getMostSignificantBits()));
    opened("11");
    owner(object, Reply.json(400, EXPIRED));

    // when
    var answer = withHandle("/" + object);

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asInt()).isEqualTo(190);
    await().atMost(SOON).until(() -> evidence().size() == 1);
  }

  // ---- given

  private void opened(String... assets) {
    opens(clock.instant().plus(Duration.ofDays(1)), assets);
  }

  /// The connection lives, and the handle opens it, or these assets of it.
  private void opens(Instant until, String... assets) {
    connected(7, 31);
    var named =
        assets.length == 0
            ? ""
            : Arrays.stream(assets).collect(Collectors.joining("\",\"", "\"assets\":[\"", "\"],"));
    handles.put(
        handle,
        Reply.json(
            200,
            """
            {"active":true,"handleId":"%s","connectionId":"%s","workspaceId":"demo","access":"READ",%s"expiresAt":"%s"}
            """
                .formatted(handleId, connection, named, until)));
  }

  /// What Meta says of the object when it is asked for its owner; anything else is there.
  private void owner(String object, Reply said) {
    meta.answers(call ->
        call.path().endsWith("/" + object) && call.query().contains("fields=account_id")
            ? said
            : Reply.json(200, OK));
  }

  private static String randomHandle() {
    var bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return "twh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  // ---- when

  private HttpResponse<String> withHandle(String target, String... headers) {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + handle;
    return send(null, target, all);
  }

  // ---- then

  private long introspections() {
    return auth.calls().stream().filter(call -> call.body().contains(handle)).count();
  }
}
