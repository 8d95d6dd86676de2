package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.TestConnections;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.LeaseHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final LeaseHolder HOLDER = new LeaseHolder(1);
  private static final ConnectionId ID = new ConnectionId(new UUID(0, 1));

  private final Connection connection = TestConnections.connected(WorkspaceId.of("demo"), ID, NOW);
  private final Question question = about(new OfToken());

  @Test
  void isOpenAndDueAtOnce() {
    // given
    var asset = new OfAsset(AssetType.PIXEL, "17");
    TestConnections.reconnect(connection, NOW);

    // when
    var asked = about(asset);

    // then
    assertThat(asked.id()).isNotEqualTo(question.id());
    assertThat(asked.inquiry()).isEqualTo(asset);
    assertThat(asked.connectionId()).isEqualTo(ID);
    assertThat(asked.generation()).isEqualTo(2);
    assertThat(asked.grounds()).isEqualTo(Grounds.of("a test", NOW));
    assertThat(asked.openedAt()).isEqualTo(NOW);
    assertThat(asked.dueAt()).isEqualTo(NOW);
    assertThat(asked.isOpenAt(0)).isTrue();
    assertThat(asked.attempts()).isZero();
    assertThat(asked.isBeingAsked()).isFalse();
    assertThat(asked.findings()).isEmpty();
    assertThat(asked.answer()).isEmpty();
  }

  @Test
  void mayBeginLaterButNeverSooner() {
    // given
    assertThat(question.notBefore(LATER)).isSameAs(question);

    // then
    assertThat(question.dueAt()).isEqualTo(LATER);
    assertThat(question.openedAt()).isEqualTo(NOW);

    // and when
    question.notBefore(NOW);

    // then
    assertThat(question.dueAt()).isEqualTo(LATER);
  }

  @Test
  void aboutAnAppItIsAboutNoConnection() {
    // when
    var asked = Question.aboutApp(new OfApp("1"), Grounds.of("a test", NOW), NOW);

    // then
    assertThat(asked.inquiry()).isEqualTo(new OfApp("1"));
    assertThat(asked.connectionId()).isNull();
    assertThat(asked.generation()).isZero();
    assertThat(asked.isOpenAt(0)).isTrue();
  }

  @Test
  void onlyTheLatestAttemptMaySettleIt() {
    // when
    question.claim(HOLDER, LATER);
    question.claim(HOLDER, LATER);

    // then
    assertThat(question.isBeingAsked()).isTrue();
    assertThat(question.attempts()).isEqualTo(2);
    assertThat(question.isOpenAt(1)).isFalse();
    assertThat(question.isOpenAt(2)).isTrue();
  }

  @Test
  void isAnsweredOnce() {
    // given
    question.claim(HOLDER, LATER);

    // when
    question.answered("ALIVE", 7, LATER);

    // then
    assertThat(question.isOpenAt(1)).isFalse();
    assertThat(question.isBeingAsked()).isFalse();
    assertThat(question.answeredAt()).contains(LATER);
    assertThat(question.answer()).contains("ALIVE");
  }

  @Test
  void isOverWhenNobodyNeedsToKnowAnyMore() {
    // given
    question.claim(HOLDER, LATER);

    // when
    question.outdated(LATER);

    // then
    assertThat(question.answer()).contains("OUTDATED");
    assertThat(question.answeredAt()).contains(LATER);
    assertThat(question.isBeingAsked()).isFalse();
  }

  @Test
  void pausesGrowWithEachAttemptThatProvesNothing() {
    // given
    question.claim(HOLDER, LATER);
    question.postponed(NOW);
    var first = question.dueAt();
    question.claim(HOLDER, LATER);

    // when
    question.postponed(NOW);

    // then
    assertThat(first).isEqualTo(NOW.plusSeconds(2));
    assertThat(question.dueAt()).isEqualTo(NOW.plusSeconds(4));
    assertThat(question.isBeingAsked()).isFalse();
    assertThat(question.isOpenAt(2)).isTrue();
  }

  @Test
  void contradictionsAreCountedApartFromAttempts() {
    // given
    for (int i = 0; i < 5; i++) {
      question.claim(HOLDER, LATER);
    }

    // then
    assertThat(question.disagreed(NOW)).isEqualTo(1);
    assertThat(question.dueAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(question.isBeingAsked()).isFalse();
    assertThat(question.disagreed(NOW)).isEqualTo(2);
    assertThat(question.dueAt()).isEqualTo(NOW.plusSeconds(4));
  }

  @Test
  void pausesDoubleUpToFiveMinutes() {
    assertThat(Question.backoff(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Question.backoff(2)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Question.backoff(8)).isEqualTo(Duration.ofSeconds(256));
    assertThat(Question.backoff(9)).isEqualTo(Duration.ofMinutes(5));
    assertThat(Question.backoff(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whoseTokenCannotBeOpenedHasProvedNothing() {
    // given
    question.claim(HOLDER, LATER);

    // when
    question.unreadable("VAULT", NOW);

    // then
    assertThat(question.hasProvedNothing()).isTrue();
    assertThat(question.findings())
        .containsExactly(new Question.Finding(NOW, "Unreadable VAULT", null));
    assertThat(question.dueAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(question.isBeingAsked()).isFalse();
  }

  @Test
  void isHastenedButNeverPutOff() {
    // given
    question.keptOpen(Duration.ofMinutes(15), NOW);

    // when
    question.hasten(LATER);

    // then
    assertThat(question.dueAt()).isEqualTo(LATER);

    // and when
    question.hasten(LATER.plusSeconds(1));

    // then
    assertThat(question.dueAt()).isEqualTo(LATER);
  }

  @Test
  void goesOnWithTheNextToken() {
    // when
    question.askedWith(2);

    // then
    assertThat(question.generation()).isEqualTo(2);
  }

  @Test
  void hasProvedNothingUntilAnAttemptDoes() {
    assertThat(question.hasProvedNothing()).isFalse();
    question.found(new Unproven(null), NOW);
    assertThat(question.hasProvedNothing()).isTrue();
    question.found(new Alive(Answers.VALID), NOW);
    assertThat(question.hasProvedNothing()).isFalse();
    question.found(new Disputed(), NOW);
    assertThat(question.hasProvedNothing()).isTrue();
  }

  @Test
  void remembersItsLastTwentyFindings() {
    // when
    for (int second = 0; second < 25; second++) {
      question.found(new Unproven(Answers.PASSWORD_CHANGED), NOW.plusSeconds(second));
    }

    // then
    assertThat(question.findings()).hasSize(20);
    assertThat(question.findings().getFirst().at()).isEqualTo(NOW.plusSeconds(5));
    assertThat(question.findings().getLast())
        .isEqualTo(new Question.Finding(NOW.plusSeconds(24), "Unproven", Answers.ERROR));
  }

  private Question about(Inquiry inquiry) {
    return Question.about(connection, inquiry, Grounds.of("a test", NOW), NOW);
  }
}
