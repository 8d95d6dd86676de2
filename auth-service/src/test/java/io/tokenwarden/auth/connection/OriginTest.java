package io.tokenwarden.auth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OriginTest {
  @Test
  void anAnswerNamesItsQuestionAndNothingElseDoes() {
    // given
    var question = new UUID(0, 1);

    // then
    assertThat(Origin.answer("ALIVE", question))
        .isEqualTo(new Origin("answer ALIVE", Optional.of(question)));
    assertThat(Origin.of("a clock")).isEqualTo(new Origin("a clock", Optional.empty()));
  }
}
