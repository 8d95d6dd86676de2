package io.tokenwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `keys shred` says and ends with, by what auth-service answers.
class KeysShredTest {

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
  void saysWhatWasEnded() {
    // given
    stack.answers(200, shredded(true, 3));

    // when
    var exit = stack.run("keys", "shred", "acme", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out().lines()).containsExactly("acme shredded, 3 connections ended");
    assertThat(stack.asked()).containsExactly("POST /auth/keys/shred");
    assertThat(stack.sent()).containsExactly("{\"workspaceId\":\"acme\"}");
  }

  @Test
  void findsNothingToDoTheSecondTime() {
    // given
    stack.answers(200, shredded(false, 0));

    // when
    var exit = stack.run("keys", "shred", "acme", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.NOTHING_TO_DO);
    assertThat(stack.out().lines()).containsExactly("nothing to do");
  }

  @Test
  void isDoneIfOnlyConnectionsWereLeft() {
    // given
    stack.answers(200, shredded(false, 1));

    // when
    var exit = stack.run("keys", "shred", "acme", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
  }

  @Test
  void isToldToMachinesAsItIs() {
    // given
    stack.answers(200, shredded(true, 3));

    // when
    stack.run("keys", "shred", "acme", "--yes", "-o", "json");

    // then
    assertThat(stack.out()).contains("\"connectionsEnded\" : 3");
  }

  @Test
  void knowsNoOtherWorkspace() {
    // given
    stack.answers(404, "{\"detail\": \"There is no such workspace\"}");

    // when
    var exit = stack.run("keys", "shred", "acme", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.ERROR);
    assertThat(stack.out()).isEmpty();
    assertThat(stack.err()).contains("There is no such workspace").doesNotContain("\tat ");
  }

  @Test
  void isNotForEverybody() {
    // given
    stack.answers(403, "{}");

    // when
    var exit = stack.run("keys", "shred", "acme", "--yes");

    // then
    assertThat(exit).isEqualTo(Exit.NOT_AUTHORISED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys shred acme", "keys shred --yes", "keys shred acme other --yes", "keys"})
  void shredsNothingThatNobodyAgreedTo(String arguments) {
    // when
    var exit = stack.run(arguments.split(" "));

    // then
    assertThat(exit).isEqualTo(Exit.WRONG_USE);
    assertThat(stack.asked()).isEmpty();
  }

  private static String shredded(boolean keyDeleted, int connectionsEnded) {
    return "{\"workspaceId\": \"acme\", \"keyDeleted\": %s, \"connectionsEnded\": %d}"
        .formatted(keyDeleted, connectionsEnded);
  }
}
