package io.tokenwarden.cli;

import io.tokenwarden.cli.terminal.Confirmation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Deletes all data of the local stack.
@Command(
    name = "reset",
    description =
        "Delete all data of the local stack, its keys and its Meta twin's world included.",
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

  @Mixin private Confirmation confirmation;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var folder = Checkout.folder();
    var messages = spec.commandLine().getErr();
    if (!confirmation.isGiven("Delete everything in " + folder.path() + "?")) {
      return Exit.WRONG_USE;
    }
    if (!folder.empty()) {
      messages.println("A stack runs on " + folder.path() + ". Stop it first (Ctrl-C).");
      return Exit.ERROR;
    }
    messages.println("Emptied " + folder.path());
    return Exit.OK;
  }
}
