package io.tokenwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `audit verify` says and ends with, by what auth-service answers.
class AuditVerifyTest {
  private static final String PLACE = "13:" + "0b".repeat(32);

  private static final String INTACT =
      """
      {"intact": true, "checked": 13, "through": "%s", "broken": null,
       "unsealed": {"entries": 0, "since": null}, "next": null}
      """
          .formatted(PLACE);

  private static final String BROKEN =
      """
      {"intact": false, "checked": 14, "through": "%s",
       "broken": {"kind": "CHANGED", "position": 14, "entryId": 99, "detail": "Not what was sealed"},
       "unsealed": {"entries": 2, "since": "2026-11-22T09:00:00Z"}, "next": null}
      """
          .formatted(PLACE);

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
  void saysThatTheLogIsIntact() {
    // given
    stack.answers(200, INTACT);

    // when
    var exit = stack.run("audit", "verify");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out().lines()).containsExactly("intact, 13 entries through " + PLACE);
    assertThat(stack.err()).isEmpty();
    assertThat(stack.asked()).containsExactly("GET /auth/audit/verification");
  }

  @Test
  void saysWhereItIsBroken() {
    // given
    stack.answers(200, BROKEN);

    // when
    var exit = stack.run("audit", "verify", "--from", PLACE);

    // then
    assertThat(exit).isEqualTo(Exit.ERROR);
    assertThat(stack.out().lines())
        .containsExactly("broken at position 14, entry 99: CHANGED. Not what was sealed");
    assertThat(stack.err()).contains("2 entries are not sealed yet", "Right through " + PLACE);
    assertThat(stack.asked()).containsExactly("GET /auth/audit/verification?after=" + PLACE);
  }

  @Test
  void tellsMachinesTheSame() {
    // given
    stack.answers(200, BROKEN);

    // when
    var exit = stack.run("audit", "verify", "-o", "yaml");

    // then
    assertThat(exit).isEqualTo(Exit.ERROR);
    assertThat(stack.out().lines())
        .contains("intact: false", "checked: 14", "through: \"%s\"".formatted(PLACE))
        .contains("  kind: \"CHANGED\"", "  position: 14", "  entries: 2");
  }

  @Test
  void tellsMachinesThatNothingIsBroken() {
    // given
    stack.answers(200, INTACT);

    // when
    var exit = stack.run("audit", "verify", "-o", "json");

    // then
    assertThat(exit).isEqualTo(Exit.OK);
    assertThat(stack.out()).contains("\"intact\" : true", "\"broken\" : null");
  }

  @Test
  void isNotForEverybody() {
    // given
    stack.answers(403, "{}");

    // when / then
    assertThat(stack.run("audit", "verify")).isEqualTo(Exit.NOT_AUTHORISED);
    assertThat(stack.out()).isEmpty();
  }
}
