package io.tokenwarden.cli.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.stack.PartStatus;
import io.tokenwarden.stack.PartStatus.State;
import io.tokenwarden.stack.StackListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardTest {

  private static final String ESCAPE = "\u001b";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void writesPlainLinesWhereThereIsNoTerminal() {
    // given
    var board = board(Map.of("TERM", "xterm"), false);

    // when
    board.changed(status(State.STARTING));
    board.changed(status(State.UP));
    board.changed(status(State.UP));
    board.changed(status(State.DOWN));

    // then
    assertThat(text())
        .isEqualTo(
            """
            kafka is up at localhost:19092 (1.5 s)
            kafka ended and is started again
            """);
  }

  @Test
  void drawsInPlaceOnATerminal() {
    // given
    var board = board(Map.of("TERM", "xterm"), true);

    // when
    board.changed(status(State.STARTING));
    board.changed(status(State.UP));

    // then
    assertThat(text()).contains(ESCAPE + "[A").contains("kafka").contains("1.5 s");
  }

  @Test
  void usesNoColoursWhenAskedNotTo() {
    // given
    var board = board(Map.of("TERM", "xterm", "NO_COLOR", "1"), true);

    // when
    board.changed(status(State.UP));

    // then
    assertThat(text()).doesNotContain(ESCAPE + "[32m");
  }

  private StackListener board(Map<String, String> environment, boolean terminal) {
    return Board.of(environment, terminal, new PrintStream(written, true, UTF_8));
  }

  private String text() {
    return written.toString(UTF_8);
  }

  private static PartStatus status(State state) {
    return new PartStatus(
        "kafka",
        "localhost:19092",
        state,
        Optional.of(42L),
        Optional.of(Duration.ofMillis(1500)),
        0);
  }
}
