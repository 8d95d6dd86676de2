package io.tokenwarden.auth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.refresh.Proof.Bad;
import io.tokenwarden.auth.refresh.Proof.Expected;
import io.tokenwarden.auth.refresh.Proof.Good;
import io.tokenwarden.auth.refresh.Proof.NotLater;
import io.tokenwarden.auth.refresh.Proof.Open;
import io.tokenwarden.contracts.RefreshFailure;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a staged token is worth, by Meta's own bodies.
class ProofTest {
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = END.plus(Duration.ofDays(50));
  private static final Expected EXPECTED = new Expected(Kind.REFRESH, "11", "22", END);

  @Test
  void aTokenOfTheSamePersonThatEndsLaterIsGood() {
    assertThat(ofInspection(body("11", "22", true, LATER))).isInstanceOf(Good.class);
  }

  @Test
  void oneThatNeverEndsIsGood() {
    assertThat(ofInspection(body("11", "22", true, null))).isInstanceOf(Good.class);
  }

  @Test
  void oneThatEndsWhenTheOldOneDoesIsNone() {
    assertThat(ofInspection(body("11", "22", true, END))).isInstanceOf(NotLater.class);
    assertThat(ofInspection(body("11", "22", true, END.minusSeconds(1))))
        .isInstanceOf(NotLater.class);
  }

  @Test
  void whatARotationBringsMayEnd() {
    var expected = new Expected(Kind.ROTATION, "11", "22", null);
    assertThat(Proof.ofInspection(answered(body("11", "22", true, END)), expected))
        .isInstanceOf(Good.class);
  }

  @Test
  void oneOfAnotherPersonIsRejected() {
    assertThat(ofInspection(body("11", "23", true, LATER))).isInstanceOf(Bad.class);
  }

  @Test
  void oneOfAnotherAppIsRejected() {
    assertThat(ofInspection(body("12", "22", true, LATER))).isInstanceOf(Bad.class);
    assertThat(Proof.ofInspection(failed(100, null), EXPECTED)).isInstanceOf(Bad.class);
  }

  @Test
  void oneThatMetaCallsInvalidIsRejected() {
    assertThat(ofInspection(body("11", "22", false, LATER))).isInstanceOf(Bad.class);
  }

  @Test
  void anInspectionThatDidNotComeDecidesNothing() {
    assertThat(Proof.ofInspection(failed(2, null), EXPECTED)).isInstanceOf(Open.class);
    assertThat(Proof.ofInspection(failed(4, null), EXPECTED)).isInstanceOf(Open.class);
  }

  @ParameterizedTest
  @CsvSource({"190,460", "190,463", "190,"})
  void a190OfTheFirstCallRejects(int code, Integer subcode) {
    assertThat(Proof.ofSmoke(failed(code, subcode), inspection())).isInstanceOf(Bad.class);
  }

  @ParameterizedTest
  @CsvSource({"190,459", "2,", "4,", "17,", "10,", "100,33", "368,", "80000,", "200,"})
  void nothingElseOfTheFirstCallDoes(int code, Integer subcode) {
    assertThat(Proof.ofSmoke(failed(code, subcode), inspection())).isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @CsvSource({
    "190,463,REFUSED",
    "190,460,REFUSED",
    "190,459,UNAVAILABLE",
    "2,,UNAVAILABLE",
    "4,,UNAVAILABLE",
    "17,,UNAVAILABLE",
    "368,,UNAVAILABLE",
    "101,,APP",
    "100,,REFUSED",
    "10,,REFUSED"
  })
  void aRefusedExchangeIsTheTokensTheAppsOrMetas(int code, Integer subcode, RefreshFailure why) {
    assertThat(Made.reason(error(code, subcode))).isEqualTo(why);
  }

  private static Proof ofInspection(String body) {
    return Proof.ofInspection(answered(body), EXPECTED);
  }

  private static GraphAnswer<Inspection> answered(String body) {
    return new Answered<>(Inspection.parse(body).orElseThrow());
  }

  private static Inspection inspection() {
    return Inspection.parse(body("11", "22", true, LATER)).orElseThrow();
  }

  private static <T> GraphAnswer<T> failed(int code, Integer subcode) {
    return new Failed<>(error(code, subcode));
  }

  private static GraphError error(int code, Integer subcode) {
    var sub = subcode == null ? "" : ", \"error_subcode\": " + subcode;
    return GraphError.parse(400, "{\"error\": {\"message\": \"m\", \"code\": " + code + sub + "}}")
        .orElseThrow();
  }

  private static String body(String app, String user, boolean valid, Instant end) {
    return """
    {"data": {"app_id": "%s", "type": "USER", "is_valid": %s, "expires_at": %d,
      "user_id": "%s", "scopes": ["ads_read"]}}
    """
        .formatted(app, valid, end == null ? 0 : end.getEpochSecond(), user);
  }
}
