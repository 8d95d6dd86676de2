package io.tokenwarden.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Deletes all data of the local stack.
@Command(
    name = "reset",
    description =
        "Delete all data of the local stack, its keys and its Meta twin's world included.",
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var folder = Checkout.folder();
    var messages = spec.commandLine().getErr();
    if (!yes && !agreed("Delete everything in " + folder.path() + "?", messages)) {
      return Exit.WRONG_USE;
    }
    if (!folder.empty()) {
      messages.println("A stack runs on " + folder.path() + ". Stop it first (Ctrl-C).");
      return Exit.ERROR;
    }
    messages.println("Emptied " + folder.path());
    return Exit.OK;
  }

  private static boolean agreed(String question, PrintWriter messages) {
    var terminal = Optional.ofNullable(System.console()).filter(console -> console.isTerminal());
    if (terminal.isEmpty()) {
      messages.println(question + " Say so with --yes.");
      return false;
    }
    var answer = terminal.get().readLine("%s [y/N] ", question);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
