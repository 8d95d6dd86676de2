package io.tokenwarden.cli;

import io.tokenwarden.cli.audit.AuditCommand;
import io.tokenwarden.cli.demo.DemoCommand;
import io.tokenwarden.cli.runway.RunwayCommand;
import io.tokenwarden.cli.services.NotAuthorisedException;
import io.tokenwarden.cli.vault.KeysCommand;
import io.tokenwarden.cli.vault.RestoredCommand;
import io.tokenwarden.stack.StackException;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The command's entry. `test` is played by the script alone and stands here for the help text.
@Command(
    name = "tokenwarden",
    description = "Keeps Meta ad connections alive, and says so once when one dies.",
    mixinStandardHelpOptions = true,
    version = "tokenwarden 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      TokenCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      RestoredCommand.class,
      RunwayCommand.class,
      ResetCommand.class,
      TestCommand.class
    })
public final class Tokenwarden implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    LogManager.getLogManager().reset();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Tokenwarden())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((problem, command, _) -> report(problem, command));
  }

  /// What a person can act on is told in its own words; the rest with its trace.
  private static int report(Exception problem, CommandLine command) {
    var err = command.getErr();
    if (canBeActedOn(problem)) {
      err.println(command.getColorScheme().errorText(problem.getMessage()));
    } else {
      problem.printStackTrace(err);
    }
    return problem instanceof NotAuthorisedException ? Exit.NOT_AUTHORISED : Exit.ERROR;
  }

  private static boolean canBeActedOn(Exception problem) {
    return problem instanceof StackException
        || problem instanceof IllegalStateException
        || problem instanceof NotAuthorisedException;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command");
  }
}
