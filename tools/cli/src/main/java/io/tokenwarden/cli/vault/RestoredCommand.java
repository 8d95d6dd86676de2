package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tokenwarden restored`.
@Command(
    name = "restored",
    description = {
      "After the database was restored, or Kafka was emptied: raise every generation and revision"
          + " beyond what anyone has seen, and announce all connections and assets anew.",
      "Exit 0 when all is done, 5 if it is not when the time is over, 6 if there is no connection, 4"
          + " if one may not. A run that is under way already is followed."
    },
    mixinStandardHelpOptions = true)
public final class RestoredCommand implements Callable<Integer> {

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long it is followed. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!yes && !agreed()) {
      return Exit.WRONG_USE;
    }
    try (var service = AuthService.of(Checkout.runningStack())) {
      return new Follow(service, spec.commandLine(), format, Duration.ofSeconds(seconds))
          .toTheEnd(
              "/auth/restored",
              JsonNodeFactory.instance.objectNode(),
              "/auth/restored",
              RestoredCommand::progress);
    }
  }

  private boolean agreed() {
    var question = "Let every connection leap ahead by 1,000,000?";
    var terminal = Optional.ofNullable(System.console()).filter(console -> console.isTerminal());
    if (terminal.isEmpty()) {
      spec.commandLine().getErr().println(question + " Say so with --yes.");
      return false;
    }
    var answer = terminal.get().readLine("%s [y/N] ", question);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  static Progress progress(JsonNode run) {
    return new Progress(
        "connections",
        run.path("total").asLong(),
        run.path("done").asLong(),
        0,
        run.path("finishedAt").isTextual());
  }
}
