package io.tokenwarden.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Stands here for the help text: the script runs the tests, before there is anything built.
@Command(
    name = "test",
    description = "Run every test; with --long at the figures the issues name.",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

  @Option(names = "--long", description = "Run them at full size, with mutation and fuzzing.")
  private boolean full;

  @Override
  public Integer call() {
    System.err.println("Tests are run by the script: ./tokenwarden test" + (full ? " --long" : ""));
    return Exit.WRONG_USE;
  }
}
