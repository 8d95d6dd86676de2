package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuestionTest {
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
    var now = Instant.parse("2026-01-01T00:00:00Z");
    var question = Question.aboutApp(new OfApp("1"), Grounds.of("a test", now), now);
    assertThat(question.hasProvedNothing()).isFalse();

    // when
    question.unreadable("VAULT", now);

    // then
    assertThat(question.hasProvedNothing()).isTrue();
  }
}
