package io.tokenwarden.cli.demo;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/// Tells a person how the story goes, a line per step and its proof below.
final class Narrator {

  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean colours;

  /// @param colours whether `out` is a terminal that wants them
  Narrator(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /// Says nothing.
  static Narrator silent() {
    return new Narrator(new PrintWriter(Writer.nullWriter()), false);
  }

  void opens(String console) {
    out.printf("The story of a token that dies, on %s%n%n", console);
    out.flush();
  }

  /// On a terminal the line is there while the step lasts.
  void begins(String name) {
    if (colours) {
      out.printf("%s  …         %s%s\r", DIM, name, PLAIN);
      out.flush();
    }
  }

  void tells(Step step) {
    out.printf(
        Locale.ROOT,
        "%s %7.1f s  %s%n",
        step.observed() ? painted("✓", GREEN) : painted("✗", RED),
        step.millis() / 1000.0,
        step.name());
    step.proof().forEach(proof -> out.println(painted("             " + proof, DIM)));
    if (!step.observed()) {
      out.println(painted("             seen instead: " + step.seenInstead(), RED));
    }
    out.flush();
  }

  void closes(Timeline.Outcome outcome) {
    var observed = outcome.steps().stream().filter(Step::observed).count();
    out.printf(
        Locale.ROOT,
        outcome.observed()
            ? "%nAll %d steps observed in %.1f s.%n"
            : "%nFailed after %d steps, %.1f s.%n",
        observed,
        outcome.millis() / 1000.0);
    out.flush();
  }

  private String painted(String text, String colour) {
    return colours ? colour + text + PLAIN : text;
  }
}
