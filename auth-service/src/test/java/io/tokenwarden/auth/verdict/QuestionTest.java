package io.tokenwarden.auth.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
