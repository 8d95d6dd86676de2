package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.meta.AssetFacts;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.GraphAnswer.Answered;
import io.tokenwarden.auth.meta.GraphAnswer.Failed;
import io.tokenwarden.auth.meta.Identity;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.AssetGone;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Granted;
import io.tokenwarden.auth.verdict.Verdict.Owner;
import io.tokenwarden.auth.verdict.Verdict.Unfit;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.graph.Inspection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What two answers of Meta come to. Rows follow from the design: dead needs both.
class VerdictTest {
  private static final GraphAnswer<Identity> LIVES = new Answered<>(new Identity("7", "Ann"));
  private static final GraphAnswer<Inspection> VALID = inspection("\"is_valid\":true");
  private static final GraphAnswer<Inspection> INVALID = inspection("\"is_valid\":false");

  private static final Owner OWNER = new Owner("1", "7");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void bothSayItLives() {
    assertThat(judged(LIVES, VALID)).isInstanceOf(Alive.class);
  }

  @ParameterizedTest
  @CsvSource({
    "458, APP_REMOVED",
    "460, PASSWORD_CHANGED",
    "463, EXPIRED",
    "465, SYSTEM_USER_LOST",
    "466, REVOKED",
    "467, LOGGED_OUT",
    "493, UNUSED_90_DAYS"
  })
  void bothSayItIsDead(int subcode, Reason reason) {
    // when
    var verdict = judged(refused(400, 190, subcode), INVALID);

    // then
    assertThat(verdict)
        .isInstanceOfSatisfying(Dead.class, dead -> assertThat(dead.reason()).isEqualTo(reason));
  }

  @Test
  void theInspectionNamesTheReasonWhereTheRefusalDoesNot() {
    // given
    var inspection =
        inspection("\"is_valid\":false,\"error\":{\"code\":190,\"subcode\":458,\"message\":\"x\"}");

    // when
    var verdict = judged(refused(400, 190, null), inspection);

    // then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Dead.class, dead -> assertThat(dead.reason()).isEqualTo(Reason.APP_REMOVED));
  }

  @Test
  void whatDiedForNoReasonThatMetaNamesWasRevoked() {
    assertThat(judged(refused(400, 190, null), INVALID))
        .isInstanceOfSatisfying(
            Dead.class, dead -> assertThat(dead.reason()).isEqualTo(Reason.REVOKED));
  }

  @Test
  void aCheckpointThatOnlyTheInspectionSeesDecidesToo() {
    // given
    var inspection =
        inspection("\"is_valid\":false,\"error\":{\"code\":190,\"subcode\":459,\"message\":\"x\"}");

    // then
    assertThat(judged(LIVES, inspection)).isInstanceOf(Checkpoint.class);
    assertThat(judged(refused(500, 2, null), inspection)).isInstanceOf(Checkpoint.class);
  }

  @Test
  void oneAloneProvesNothing() {
    assertThat(judged(refused(400, 190, 460), VALID)).isEqualTo(new Disputed());
    assertThat(judged(LIVES, INVALID)).isEqualTo(new Disputed());
  }

  @ParameterizedTest
  @CsvSource({"459", "464", "490"})
  void aCheckpointDecidesFirst(int subcode) {
    assertThat(judged(refused(400, 190, subcode), INVALID)).isInstanceOf(Checkpoint.class);
    assertThat(judged(refused(400, 190, subcode), VALID)).isInstanceOf(Checkpoint.class);
    assertThat(judged(refused(400, 190, subcode), failed(500, 2, null)))
        .isInstanceOf(Checkpoint.class);
  }

  @ParameterizedTest
  @CsvSource({
    "500, 2,", // Meta is down
    "500, 1, 99",
    "400, 17,", // throttled
    "403, 4,",
    "400, 80004, 2446079",
    "400, 101,", // the app, not the token
    "400, 368,",
    "400, 100, 33"
  })
  void whatIsNotAboutTheTokenProvesNothing(int status, int code, Integer subcode) {
    assertThat(judged(refused(status, code, subcode), INVALID)).isInstanceOf(Unproven.class);
  }

  @Test
  void aBlockedAppProvesNothing() {
    // given
    var blocked =
        new Failed<Identity>(
            GraphError.parse(400, "{\"error\":{\"message\":\"API access blocked.\",\"code\":200}}")
                .orElseThrow());

    // then
    assertThat(judged(blocked, INVALID)).isInstanceOf(Unproven.class);
  }

  @Test
  void noAnswerAtAllProvesNothing() {
    // given
    var html =
        new Failed<Identity>(GraphError.parse(502, "<html>Bad Gateway</html>").orElseThrow());

    // then
    assertThat(judged(html, INVALID)).isInstanceOf(Unproven.class);
    assertThat(judged(LIVES, failed(500, 2, null))).isInstanceOf(Unproven.class);
    assertThat(judged(refused(400, 190, 460), failed(500, 2, null))).isInstanceOf(Unproven.class);
  }

  private static GraphAnswer<Identity> refused(int status, int code, Integer subcode) {
    return new Failed<>(error(status, code, subcode));
  }

  private static GraphAnswer<Inspection> failed(int status, int code, Integer subcode) {
    return new Failed<>(error(status, code, subcode));
  }

  private static GraphError error(int status, int code, Integer subcode) {
    var sub = subcode == null ? "" : ",\"error_subcode\":" + subcode;
    return GraphError.parse(
            status,
            "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":%d%s}}"
                .formatted(code, sub))
        .orElseThrow();
  }

  private static GraphAnswer<Inspection> inspection(String fields) {
    return new Answered<>(
        Inspection.parse("{\"data\":{\"app_id\":\"1\",\"user_id\":\"7\"," + fields + "}}")
            .orElseThrow());
  }

  private static Verdict judged(GraphAnswer<Identity> me, GraphAnswer<Inspection> inspection) {
    return Verdict.ofToken(me, inspection, OWNER, NOW);
  }

  // ---- whose it is, and whether it is good for anything

  @Test
  void aTokenOfAnotherPersonOrAppFailsValidation() {
    var other = new Answered<>(new Identity("8", "Bob"));
    assertThat(Verdict.ofToken(LIVES, VALID, new Owner("2", "7"), NOW))
        .isEqualTo(new Unfit(Reason.VALIDATION_FAILED));
    assertThat(Verdict.ofToken(LIVES, VALID, new Owner("1", "8"), NOW))
        .isEqualTo(new Unfit(Reason.VALIDATION_FAILED));
    assertThat(judged(other, VALID)).isEqualTo(new Unfit(Reason.VALIDATION_FAILED));
  }

  @Test
  void aPagesTokenSpeaksForThePageAndBelongsToThePerson() {
    assertThat(
            judged(
                new Answered<>(new Identity("99", "A page")),
                inspection("\"is_valid\":true,\"type\":\"PAGE\"")))
        .isInstanceOf(Alive.class);
  }

  @Test
  void accessToDataThatIsOverMakesItUnfit() {
    var over = NOW.getEpochSecond();
    assertThat(judged(LIVES, inspection("\"is_valid\":true,\"data_access_expires_at\":" + over)))
        .isEqualTo(new Unfit(Reason.DATA_ACCESS_EXPIRED));
    assertThat(
            judged(LIVES, inspection("\"is_valid\":true,\"data_access_expires_at\":" + (over + 1))))
        .isInstanceOf(Alive.class);
  }

  // ---- permissions, assets, the app

  @Test
  void permissionsAreWhatMetaLists() {
    assertThat(Verdict.ofPermissions(new Answered<>(List.of("ads_read"))))
        .isEqualTo(new Granted(List.of("ads_read")));
    assertThat(Verdict.ofPermissions(new Failed<>(error(500, 2, null))))
        .isInstanceOf(Unproven.class);
  }

  @Test
  void anAssetThatIsRefusedIsGoneOnlyIfThePermissionIsThere() {
    var refused = new Failed<AssetFacts>(error(400, 100, 33));
    assertThat(
            Verdict.ofAsset(
                AssetType.AD_ACCOUNT, refused, new Answered<>(List.of("ads_management"))))
        .isInstanceOf(AssetGone.class);
    assertThat(Verdict.ofAsset(AssetType.AD_ACCOUNT, refused, new Answered<>(List.of("email"))))
        .isEqualTo(new Granted(List.of("email")));
    assertThat(Verdict.ofAsset(AssetType.AD_ACCOUNT, refused, new Failed<>(error(500, 2, null))))
        .isInstanceOf(Unproven.class);
  }

  @Test
  void anAssetThatCouldNotBeAskedForIsNotGone() {
    for (var error :
        List.of(
            error(500, 2, null),
            error(400, 17, null),
            error(400, 190, 460),
            error(400, 101, null))) {
      var failed = new Failed<AssetFacts>(error);
      assertThat(Verdict.maySpeakOfTheAsset(failed)).isFalse();
      assertThat(Verdict.ofAsset(AssetType.PIXEL, failed, null)).isInstanceOf(Unproven.class);
    }
  }

  @Test
  void anAppIsBlockedOnlyIfMetaSpeaksOfTheApp() {
    assertThat(Verdict.ofApp(new Answered<>("1"))).isEqualTo(new AppServed());
    assertThat(Verdict.ofApp(new Failed<>(error(400, 101, null)))).isInstanceOf(AppRefused.class);
    assertThat(Verdict.ofApp(new Failed<>(error(500, 2, null)))).isInstanceOf(Unproven.class);
    assertThat(Verdict.ofApp(new Failed<>(error(400, 4, null)))).isInstanceOf(Unproven.class);
  }
}
