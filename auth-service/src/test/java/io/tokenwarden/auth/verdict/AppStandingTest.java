package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.auth.verdict.Inquiry.OfApp;
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
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppStandingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final WorkspaceId OWNER = WorkspaceId.of("demo");
  private static final GraphErrorInfo BLOCKED =
      new GraphErrorInfo(101, null, "OAuthException", 400, "trace");

  private final AppStanding app = AppStanding.good("1", OWNER);
  private final Question question =
      Question.aboutApp(new OfApp("1"), Grounds.of("a test", NOW), NOW);

  @Test
  void aBlockIsAnnouncedOnceAndAskedAboutUntilItIsOver() {
    // when
    var first = settle(new AppRefused(Answers.APP_BLOCKED));
    var second = settle(new AppRefused(Answers.APP_BLOCKED));

    // then
    assertThat(first).contains(new AppBlocked(OWNER, "1", 1, NOW, BLOCKED));
    assertThat(second).isEmpty();
    assertThat(question.answeredAt()).isEmpty();
    assertThat(question.dueAt()).isEqualTo(NOW.plus(Answers.CONFIG.askAboutAppEvery()));
  }

  @Test
  void whenMetaServesItAgainThatIsAnnouncedOnceWithWhatHadBeenSaid() {
    // given
    settle(new AppRefused(Answers.APP_BLOCKED));

    // when
    var first = settle(new AppServed());
    var second = settle(new AppServed());

    // then
    assertThat(first).contains(new AppRestored(OWNER, "1", 2, NOW, BLOCKED));
    assertThat(second).isEmpty();
    assertThat(question.answer()).contains("SERVED");
    assertThat(question.answeredAt()).contains(NOW);
  }

  @Test
  void anAppThatIsServedAllAlongIsNoNews() {
    assertThat(settle(new AppServed())).isEmpty();
  }

  @Test
  void whatProvesNothingChangesNothing() {
    // given
    settle(new AppRefused(Answers.APP_BLOCKED));

    // when
    var event = settle(new Unproven(Answers.AWAY));

    // then
    assertThat(event).isEmpty();
    assertThat(question.answeredAt()).isEmpty();
    assertThat(question.dueAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(settle(new AppServed())).containsInstanceOf(AppRestored.class);
  }

  @Test
  void whatWasFoundIsOnRecord() {
    // when
    settle(new AppRefused(Answers.APP_BLOCKED));

    // then
    assertThat(question.findings())
        .containsExactly(new Question.Finding(NOW, "AppRefused", BLOCKED));
  }

  /// Others may have heard more of the app than a restored database remembers.
  @Test
  void afterARestoreItIsSaidAnewHowItStands() {
    // given
    settle(new AppRefused(Answers.APP_BLOCKED));
    var later = NOW.plusSeconds(60);

    // when
    var blocked = app.leaptAhead(later);
    settle(new AppServed());
    var served = app.leaptAhead(later);

    // then
    assertThat(blocked).isEqualTo(new AppBlocked(OWNER, "1", 1_000_001, NOW, BLOCKED));
    assertThat(served).isEqualTo(new AppRestored(OWNER, "1", 2_000_002, later, null));
  }

  static List<Verdict> answersAboutAConnection() {
    return List.of(
        new Alive(Answers.VALID),
        new Unfit(Reason.VALIDATION_FAILED),
        new Dead(Reason.PASSWORD_CHANGED, Answers.PASSWORD_CHANGED),
        new Checkpoint(Answers.CHECKPOINT),
        new Disputed(),
        new Granted(List.of()),
        new AssetShown(Answers.USABLE),
        new AssetGone(Answers.NO_SUCH_OBJECT));
  }

  @ParameterizedTest
  @MethodSource("answersAboutAConnection")
  void anAnswerAboutAConnectionIsNoneAboutAnApp(Verdict verdict) {
    assertThatThrownBy(() -> settle(verdict)).isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<AppEvent> settle(Verdict verdict) {
    return app.settle(question, verdict, Answers.CONFIG, NOW);
  }
}
