package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Verdict.AppRefused;
import io.tokenwarden.auth.verdict.Verdict.AppServed;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  @Test
  void anAnswerAboutAConnectionIsNoneAboutAnApp() {
    assertThatThrownBy(() -> settle(new Disputed())).isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<AppEvent> settle(Verdict verdict) {
    return app.settle(question, verdict, Answers.CONFIG, NOW);
  }
}
