package io.tokenwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `keys rotate` and `restored` say and end with, by what auth-service answers.
class LongWorkTest {
  private static final String HALF = keys(4, 2, 0, false);
  private static final String DONE = keys(4, 4, 0, true);

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
  void isFollowedToTheEndAndItsOutcomePrintedAlone() {
    // given
    stack.answers(200, HALF);
    stack.answers(200, DONE);

    // when
    var exit = stack.run("keys", "rotate");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out().lines()).containsExactly("4 of 4 workspaces done");
    assertThat(stack.err().lines())
        .containsExactly("2 of 4 workspaces done", "4 of 4 workspaces done");
    assertThat(stack.asked()).containsExactly("POST /auth/keys/rotate", "GET /auth/keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          json | "total" : 4
          JSON | "total" : 4
          yaml | total: 4
          """)
  void isToldToMachinesAsItIs(String format, String part) {
    // given
    stack.answers(200, DONE);

    // when
    var exit = stack.run("keys", "rotate", "-o", format);

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out()).contains(part);
  }

  @Test
  void isFollowedIfItIsUnderWayAlready() {
    // given
    stack.answers(409, "{\"code\":\"ROTATION_UNDER_WAY\"}");
    stack.answers(200, HALF);
    stack.answers(200, DONE);

    // when
    var exit = stack.run("keys", "rotate");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.err()).contains("under way already");
  }

  @Test
  void isPartlyDoneWhenTheTimeIsOver() {
    // given
    stack.answers(200, keys(4, 3, 1, false));

    // when
    var exit = stack.run("keys", "rotate", "--timeout", "0");

    // then
    assertThat(exit).isEqualTo(Exit.PARTLY_DONE);
    assertThat(stack.out().lines()).containsExactly("3 of 4 workspaces done, 1 failing");
  }

  @Test
  void mayBeNothing() {
    // given
    stack.answers(200, keys(0, 0, 0, true));

    // when
    var exit = stack.run("keys", "rotate");

    // then
    assertThat(exit).isEqualTo(Exit.NOTHING_TO_DO);
    assertThat(stack.out().lines()).containsExactly("nothing to do");
  }

  @Test
  void isNotForEverybody() {
    // given
    stack.answers(403, "{}");

    // when
    var exit = stack.run("keys", "rotate");

    // then
    assertThat(exit).isEqualTo(Exit.NOT_AUTHORISED);
    assertThat(stack.out()).isEmpty();
    assertThat(stack.err()).contains("security-admin").doesNotContain("\tat ");
  }

  @Test
  void canGoWrong() {
    // given
    stack.answers(503, "{\"detail\":\"The key is away\"}");

    // when
    var exit = stack.run("keys", "rotate");

    // then
    assertThat(exit).isEqualTo(Exit.ERROR);
    assertThat(stack.err()).contains("503", "The key is away").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys rotate -o xml", "keys rotate --timeout soon", "restored -o", "restored"})
  void isNotBegunByWrongUse(String arguments) {
    // when
    var exit = stack.run(arguments.split(" "));

    // then
    assertThat(exit).isEqualTo(Exit.WRONG_USE);
    assertThat(stack.out()).isEmpty();
    assertThat(stack.asked()).isEmpty();
  }

  @Test
  void afterARestoreIsAgreedToAndCountsConnections() {
    // given
    stack.answers(200, "{\"total\": 7, \"done\": 7, \"finishedAt\": \"2026-11-22T10:00:00Z\"}");

    // when
    var exit = stack.run("restored", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out().lines()).containsExactly("7 of 7 connections done");
    assertThat(stack.asked()).containsExactly("POST /auth/restored");
  }

  @Test
  void afterARestoreNamesWhatItSkipped() {
    // given
    stack.answers(
        200,
        """
        {"total": 7, "done": 6, "skipped": 1, "finishedAt": "2026-11-22T10:00:00Z",
         "skippedConnections": [
           {"connectionId": "c-1", "workspaceId": "demo", "failure": "VAULT_KEY_REFUSED"}]}
        """);

    // when
    var exit = stack.run("restored", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.PARTLY_DONE);
    assertThat(stack.out().lines())
        .containsExactly(
            "6 of 7 connections done, 1 skipped",
            "skipped: connection c-1 of workspace demo, VAULT_KEY_REFUSED");
  }

  private static String keys(long total, long done, long failing, boolean finished) {
    return """
    {"rotation": {"total": %d, "done": %d, "failing": %d, "finishedAt": %s}}
    """
        .formatted(total, done, failing, finished ? "\"2026-11-22T10:00:00Z\"" : "null");
  }
}
