package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.auth.asset.Sight;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.verdict.Consequence.Blocked;
import io.tokenwarden.auth.verdict.Consequence.Changed;
import io.tokenwarden.auth.verdict.Consequence.Disabled;
import io.tokenwarden.auth.verdict.Consequence.Expired;
import io.tokenwarden.auth.verdict.Consequence.Lost;
import io.tokenwarden.auth.verdict.Consequence.Regranted;
import io.tokenwarden.auth.verdict.Consequence.Seen;
import io.tokenwarden.auth.verdict.Consequence.Silence;
import io.tokenwarden.auth.verdict.Consequence.Suspected;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.AssetGone;
import io.tokenwarden.auth.verdict.Verdict.AssetShown;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Granted;
import io.tokenwarden.auth.verdict.Verdict.Unfit;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.outbox.LeaseHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a verdict does to the connection and to its question, and what there is to tell then.
class RulingTest {
  private static final Instant BEFORE = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final OfAsset ASSET = new OfAsset(AssetType.AD_ACCOUNT, "17");

  private final Connection connection =
      TestConnections.connected(WorkspaceId.of("demo"), new ConnectionId(new UUID(0, 1)), BEFORE);
  private Question question = asked(new OfToken());

  // ---- the token

  @Test
  void aTokenThatLivesIsVerifiedAndWhenItEndsIsNoted() {
    // given
    connection.checkpoint(BEFORE);
    var inspection =
        Answers.inspection(
            "\"is_valid\":true,\"expires_at\":1800000000,\"data_access_expires_at\":1790000000");

    // when
    var consequence = rule(new Alive(inspection));

    // then
    assertThat(consequence).isEqualTo(new Changed(origin("ALIVE")));
    assertThat(connection.expiresAt()).contains(Instant.ofEpochSecond(1_800_000_000));
    assertThat(connection.dataAccessExpiresAt()).contains(Instant.ofEpochSecond(1_790_000_000));
    assertThat(connection.health().verifiedAt()).isEqualTo(NOW);
    assertThat(connection.health().conditions()).isEmpty();
    assertAnswered("ALIVE");
  }

  @Test
  void aTokenThatLivesWhileCallsAreBlockedMeansThatMetaHoldsThePersonBack() {
    // given
    question = asked(new OfBlock());
    var until = NOW.plus(Answers.CONFIG.blockLasts());

    // when
    var consequence = rule(new Alive(Answers.VALID));

    // then
    assertThat(consequence).isEqualTo(new Blocked(until, origin("BLOCKED")));
    assertThat(connection.health().condition(ConditionKind.BLOCKED_BY_META))
        .hasValueSatisfying(condition -> assertThat(condition.until()).isEqualTo(until));
    assertThat(connection.isUsable()).isTrue();
    assertAnswered("BLOCKED");
  }

  @Test
  void aDeadTokenExpiresForTheReasonMetaGave() {
    // when
    var consequence = rule(new Dead(Reason.PASSWORD_CHANGED, Answers.PASSWORD_CHANGED));

    // then
    assertThat(consequence)
        .isEqualTo(
            new Expired(Reason.PASSWORD_CHANGED, Answers.ERROR, origin("DEAD PASSWORD_CHANGED")));
    assertThat(connection.health().tokenStatus()).isEqualTo(TokenStatus.EXPIRED);
    assertAnswered("DEAD PASSWORD_CHANGED");
  }

  @Test
  void anUnfitTokenIsDisabledAtOnce() {
    // when
    var consequence = rule(new Unfit(Reason.VALIDATION_FAILED));

    // then
    assertThat(consequence).isEqualTo(new Disabled(Reason.VALIDATION_FAILED, origin("UNFIT")));
    assertThat(connection.health().tokenStatus()).isEqualTo(TokenStatus.INACTIVE);
    assertAnswered("UNFIT");
  }

  @Test
  void aCheckpointIsToldOnceAndAskedAboutUntilItIsOver() {
    // when
    var first = rule(new Checkpoint(Answers.CHECKPOINT));
    var second = rule(new Checkpoint(Answers.CHECKPOINT));

    // then
    assertThat(first).isEqualTo(new Changed(origin("CHECKPOINT")));
    assertThat(second).isEqualTo(new Silence());
    assertThat(connection.health().condition(ConditionKind.CHECKPOINT)).isPresent();
    assertAskedAgainIn(Answers.CONFIG.askAgainEvery());
  }

  @Test
  void twoContradictionsChangeNothing() {
    // given
    var before = connection.revision();

    // when
    var first = rule(new Disputed());
    var second = rule(new Disputed());

    // then
    assertThat(List.of(first, second)).containsOnly(new Silence());
    assertThat(connection.revision()).isEqualTo(before);
    assertAskedAgainIn(Duration.ofSeconds(4));
  }

  @Test
  void afterThreeContradictionsNobodyCanSayThatTheTokenServes() {
    // given
    rule(new Disputed());
    rule(new Disputed());

    // when
    var third = rule(new Disputed());

    // then
    assertThat(third).isEqualTo(new Disabled(Reason.UNVERIFIABLE, origin("DISPUTED")));
    assertThat(connection.isUsable()).isFalse();
    assertAnswered("DISPUTED");
  }

  // ---- permissions

  @Test
  void permissionsThatAreAsBeforeAreConfirmed() {
    // given
    question = asked(new OfPermissions());

    // when
    var consequence = rule(new Granted(List.of("ads_read")));

    // then
    assertThat(consequence).isEqualTo(new Changed(origin("GRANTED AS BEFORE")));
    assertThat(connection.health().verifiedAt()).isEqualTo(NOW);
    assertAnswered("GRANTED AS BEFORE");
  }

  @Test
  void permissionsThatAreMissingNowAreNamed() {
    // given
    question = asked(new OfPermissions());

    // when
    var consequence = rule(new Granted(List.of("email")));

    // then
    assertThat(consequence)
        .isInstanceOfSatisfying(
            Regranted.class,
            regranted -> {
              assertThat(regranted.change().lost()).containsExactly("ads_read");
              assertThat(regranted.change().appeared()).containsExactly("email");
              assertThat(regranted.origin()).isEqualTo(origin("GRANTED"));
            });
    assertThat(connection.scopes()).containsExactly("email");
    assertAnswered("GRANTED");
  }

  // ---- assets

  @Test
  void anAssetThatIsShownIsComparedWithWhatWasKnown() {
    // given
    question = asked(ASSET);

    // when
    var consequence = rule(new AssetShown(Answers.USABLE));

    // then
    assertThat(consequence)
        .isEqualTo(new Seen(Sight.of(AssetType.AD_ACCOUNT, "17", Answers.USABLE), origin("SHOWN")));
    assertThat(question.answeredAt()).isEmpty();
  }

  @Test
  void anAssetThatIsBackNeedsNoOtherWord() {
    // given
    question = asked(ASSET);
    connection.confirmed(NOW);
    var revision = connection.revision();

    // when
    var consequence = ruling().seen(sight(1), true);

    // then
    assertThat(consequence).isEqualTo(new Silence());
    assertThat(connection.revision()).isEqualTo(revision);
    assertAnswered("SHOWN");
  }

  @Test
  void anAssetThatWasNeverGoneIsConfirmed() {
    // given
    question = asked(ASSET);

    // when
    var consequence = ruling().seen(sight(1), false);

    // then
    assertThat(consequence).isEqualTo(new Changed(origin("SHOWN AS BEFORE")));
    assertThat(connection.health().verifiedAt()).isEqualTo(NOW);
    assertAnswered("SHOWN AS BEFORE");
  }

  @Test
  void anAssetThatCannotBeUsedIsAskedForUntilItCan() {
    // given
    question = asked(ASSET);

    // when
    var consequence = ruling().seen(sight(101), true);

    // then
    assertThat(consequence).isEqualTo(new Silence());
    assertAskedAgainIn(Answers.CONFIG.askAgainEvery());
  }

  @Test
  void anAssetThatIsGoneIsAskedForUntilItIsBack() {
    // given
    question = asked(ASSET);

    // when
    var consequence = rule(new AssetGone(Answers.NO_SUCH_OBJECT));

    // then
    assertThat(consequence).isEqualTo(new Lost(ASSET, Reason.NOT_ASSIGNED, origin("GONE")));
    assertAskedAgainIn(Answers.CONFIG.askAgainEvery());
  }

  // ---- what proves nothing

  @Test
  void whatProvesNothingChangesNothingAndIsAskedAgainSoon() {
    // given
    var before = connection.state(NOW);

    // when
    var consequences = List.of(rule(new Unproven(null)), rule(new Unproven(Answers.AWAY)));

    // then
    assertThat(consequences).containsOnly(new Silence());
    assertThat(connection.state(NOW)).isEqualTo(before);
    assertAskedAgainIn(Duration.ofSeconds(4));
  }

  static List<Inquiry> inquiries() {
    return List.of(new OfToken(), new OfBlock(), new OfPermissions(), ASSET);
  }

  @ParameterizedTest
  @MethodSource("inquiries")
  void whereMetaSpeaksOfTheAppTheAppIsAskedAbout(Inquiry inquiry) {
    // given
    question = asked(inquiry);

    // when
    var consequence = rule(new Unproven(Answers.APP_BLOCKED));

    // then
    assertThat(consequence)
        .isEqualTo(
            suspected(new OfApp(connection.appId()), inquiry.subject(), Answers.APP_BLOCKED));
  }

  @Test
  void whereMetaSpeaksOfTheTokenInsteadTheTokenIsAskedAbout() {
    for (var inquiry : List.of(new OfPermissions(), ASSET)) {
      // given
      question = asked(inquiry);

      // when
      var consequence = rule(new Unproven(Answers.PASSWORD_CHANGED));

      // then
      assertThat(consequence)
          .isEqualTo(suspected(new OfToken(), inquiry.subject(), Answers.PASSWORD_CHANGED));
    }
  }

  @Test
  void whatIsAboutTheTokenAnywayIsNotAskedTwice() {
    for (var inquiry : List.of(new OfToken(), new OfBlock())) {
      // given
      question = asked(inquiry);

      // when
      var consequence = rule(new Unproven(Answers.PASSWORD_CHANGED));

      // then
      assertThat(consequence).isEqualTo(new Silence());
    }
  }

  private Suspected suspected(Inquiry inquiry, Subject asked, GraphError error) {
    return new Suspected(inquiry, Grounds.of("a question about " + asked, NOW, error));
  }

  @Test
  void anAnswerAboutAnAppIsNoneAboutAConnection() {
    for (var verdict : List.of(new AppServed(), new AppRefused(Answers.APP_BLOCKED))) {
      assertThatThrownBy(() -> rule(verdict)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---- the trail

  @Test
  void whatWasFoundIsOnRecordWithWhatMetaSaid() {
    // when
    rule(new Disputed());
    rule(new Dead(Reason.PASSWORD_CHANGED, Answers.PASSWORD_CHANGED));

    // then
    assertThat(question.findings())
        .containsExactly(
            new Question.Finding(NOW, "Disputed", null),
            new Question.Finding(NOW, "Dead", Answers.ERROR));
  }

  // ---- the case

  private Question asked(Inquiry inquiry) {
    return Question.about(connection, inquiry, Grounds.of("a test", BEFORE), BEFORE);
  }

  private Consequence rule(Verdict verdict) {
    question.claim(new LeaseHolder(1), NOW.plusSeconds(60));
    return ruling().on(verdict);
  }

  private Ruling ruling() {
    return new Ruling(connection, question, Answers.CONFIG, NOW);
  }

  private Origin origin(String answer) {
    return Origin.answer(answer, question.id());
  }

  private static Sight sight(int accountStatus) {
    return Sight.of(
        AssetType.AD_ACCOUNT, "17", accountStatus == 1 ? Answers.USABLE : Answers.CLOSED);
  }

  private void assertAnswered(String with) {
    assertThat(question.answer()).contains(with);
    assertThat(question.answeredAt()).contains(NOW);
    assertThat(question.isBeingAsked()).isFalse();
  }

  private void assertAskedAgainIn(Duration pause) {
    assertThat(question.answeredAt()).isEmpty();
    assertThat(question.isBeingAsked()).isFalse();
    assertThat(question.dueAt()).isEqualTo(NOW.plus(pause));
  }
}
