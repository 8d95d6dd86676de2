package io.tokenwarden.cli.terminal;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The option `--yes`, for what is not done unless somebody says so.
public final class Confirmation {

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// Asks if nobody said so yet; without a terminal there is nobody to ask.
  public boolean isGiven(String question) {
    return yes || agreed(question);
  }

  private boolean agreed(String question) {
    var terminal = Optional.ofNullable(System.console()).filter(console -> console.isTerminal());
    if (terminal.isEmpty()) {
      spec.commandLine().getErr().println(question + " Say so with --yes.");
      return false;
    }
    var answer = terminal.get().readLine("%s [y/N] ", question);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
