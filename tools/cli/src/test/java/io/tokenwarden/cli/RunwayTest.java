package io.tokenwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `runway` says and ends with, by what token-refresher answers.
class RunwayTest {
  private static final String WEEKS =
      "[{\"from\": \"2026-11-23\", \"ends\": {\"TOKEN\": 2, \"DATA_ACCESS\": 1}}]";

  @TempDir Path home;

  private StackStandIn stack;

  @BeforeEach
  void up() throws IOException {
    stack = new StackStandIn(home);
  }

  @AfterEach
  void down() throws IOException {
    stack.close();
  }

  @Test
  void saysWhatEndsAndWhatSavesIt() {
    // given
    stack.answers(200, page(ending("c-1", "\"REFRESH\"", "null"), "null"));

    // when
    var exit = stack.run("runway", "--days", "7");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out().lines())
        .containsExactly(
            "2026-11-27T10:00:00Z  in   4 days  TOKEN            c-1 of demo: by itself, REFRESH",
            "week of 2026-11-23: DATA_ACCESS 1, TOKEN 2");
    assertThat(stack.asked()).containsExactly("GET /refresher/runway?days=7&limit=1000");
  }

  @Test
  void saysWhatAPersonHasToDo() {
    // given
    stack.answers(200, page(ending("c-1", "null", "\"reconnect\""), "null"));

    // when
    stack.run("runway");

    // then
    assertThat(stack.out()).contains("c-1 of demo: reconnect");
  }

  @Test
  void readsToTheLastPage() {
    // given
    stack.answers(200, page(ending("c-1", "\"REFRESH\"", "null"), "\"1_2_TOKEN\""));
    stack.answers(200, page(ending("c-2", "\"REFRESH\"", "null"), "null"));

    // when
    stack.run("runway", "-o", "json");

    // then
    assertThat(stack.out()).contains("c-1", "c-2").doesNotContain("next");
    assertThat(stack.asked())
        .last()
        .isEqualTo("GET /refresher/runway?days=30&limit=1000&after=1_2_TOKEN");
  }

  @Test
  void isDoneSoonIfNothingEnds() {
    // given
    stack.answers(200, page("", "null"));

    // when
    var exit = stack.run("runway");

    // then
    assertThat(exit).isEqualTo(Exit.NOTHING_TO_DO);
    assertThat(stack.out().lines()).containsExactly("nothing ends within 30 days");
  }

  @Test
  void passesOnWhatIsRefused() {
    // given
    stack.answers(400, "{\"detail\": \"days is a number from 1 to 400\"}");

    // when
    var exit = stack.run("runway", "--days", "401");

    // then
    assertThat(exit).isEqualTo(Exit.ERROR);
    assertThat(stack.err()).contains("days is a number from 1 to 400").doesNotContain("\tat ");
  }

  private static String page(String items, String next) {
    return "{\"asOf\": \"2026-11-22T12:00:00Z\", \"items\": [%s], \"weeks\": %s, \"next\": %s}"
        .formatted(items, WEEKS, next);
  }

  private static String ending(String connection, String savedBy, String remedy) {
    return """
    {"connectionId": "%s", "workspaceId": "demo", "clock": "TOKEN",
     "endsAt": "2026-11-27T10:00:00Z", "daysLeft": 4, "savedBy": %s, "remedy": %s}
    """
        .formatted(connection, savedBy, remedy);
  }
}
