package io.tokenwarden.cli;

import io.tokenwarden.cli.board.Board;
import io.tokenwarden.stack.Stack;
import io.tokenwarden.stack.StackSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Brings the local stack up and stays until it is told to stop.
@Command(
    name = "up",
    description = {
      "Start the local stack: PostgreSQL, Kafka, an OIDC issuer, the Meta twin, the five services"
          + " and the console. Ctrl-C or SIGTERM stops everything.",
      "With META_GRAPH_URL and META_DIALOG_URL set it talks to that Meta instead of its twin."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    var settings = StackSettings.of(Checkout.home());
    try (var stack = Stack.start(settings, Board.forThisTerminal())) {
      stack.await();
    }
    return Exit.OK;
  }
}
