package io.tokenwarden.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private final StringWriter told = new StringWriter();
  private final Narrator narrator = new Narrator(new PrintWriter(told), false);
  private final Timeline timeline = new Timeline(narrator);

  @Test
  void tellsEachStepWithItsProof() {
    // when
    timeline.step("one token.expired", () -> List.of("token.expired@3:17"));
    narrator.closes(timeline.outcome());

    // then
    assertThat(told.toString())
        .contains("✓", "one token.expired", "token.expired@3:17", "All 1 steps observed");
    assertThat(timeline.outcome().observed()).isTrue();
  }

  @Test
  void namesTheStepThatWasNotObservedAndWhatWasSeenInstead() {
    // given
    timeline.step("first", List::of);

    // when
    assertThatExceptionOfType(NotObservedException.class)
        .isThrownBy(() ->
            timeline.step(
                "one notification",
                () -> {
                  throw new NoAnswerException("notifier does not answer");
                }));
    narrator.closes(timeline.outcome());

    // then
    assertThat(told.toString())
        .contains("✗", "one notification", "seen instead: notifier does not answer")
        .contains("Failed after 1 steps");
    assertThat(timeline.outcome().observed()).isFalse();
    assertThat(timeline.outcome().steps())
        .last()
        .satisfies(step -> assertThat(step.seenInstead()).isEqualTo("notifier does not answer"));
  }
}
