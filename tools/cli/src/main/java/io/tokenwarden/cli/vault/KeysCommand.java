package io.tokenwarden.cli.vault;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tokenwarden keys`. Its verbs do the work.
@Command(
    name = "keys",
    description = "Look after the vault's keys of the running local stack.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RotateCommand.class, ShredCommand.class})
public final class KeysCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: keys rotate or keys shred");
  }
}
