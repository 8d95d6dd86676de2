package io.tokenwarden.cli.board;

import io.tokenwarden.stack.StackListener;
import java.io.PrintStream;
import java.util.Map;

/// Chooses how a stack is shown.
public final class Board {

  private Board() {}

  /// Live on a terminal, plain lines elsewhere; colours unless `NO_COLOR` is set.
  public static StackListener forThisTerminal() {
    return of(System.getenv(), isTerminal(), System.out);
  }

  static StackListener of(Map<String, String> environment, boolean terminal, PrintStream out) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    if (!terminal || dumb) {
      return new PlainBoard(out);
    }
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new LiveBoard(out, colours);
  }

  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
