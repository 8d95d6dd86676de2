package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.cli.terminal.Confirmation;
import io.tokenwarden.cli.vault.Progress.Left;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tokenwarden restored`.
@Command(
    name = "restored",
    description = {
      "After the database was restored, or Kafka was emptied: raise every generation and revision"
          + " beyond what anyone has seen, and announce all connections and assets anew.",
      "Exit 0 when all is done, 5 if it is not when the time is over or if connections were skipped"
          + " because their tokens do not open, 6 if there is no connection, 4 if one may not. A run"
          + " that is under way already is followed."
    },
    mixinStandardHelpOptions = true)
public final class RestoredCommand implements Callable<Integer> {

  @Mixin private Confirmation confirmation;
  @Mixin private Follow follow;

  @Override
  public Integer call() {
    if (!confirmation.isGiven("Let every connection leap ahead by 1,000,000?")) {
      return Exit.WRONG_USE;
    }
    return follow.toTheEnd(
        Checkout.runningStack(),
        "/auth/restored",
        JsonNodeFactory.instance.objectNode(),
        "/auth/restored",
        RestoredCommand::progress);
  }

  static Progress progress(JsonNode run) {
    return new Progress(
        "connections",
        run.path("total").asLong(),
        run.path("done").asLong(),
        new Left("skipped", run.path("skipped").asLong(), names(run.path("skippedConnections"))),
        run.path("finishedAt").isTextual());
  }

  private static List<String> names(JsonNode skipped) {
    return skipped.valueStream().map(RestoredCommand::name).toList();
  }

  private static String name(JsonNode skipped) {
    return "skipped: connection %s of workspace %s, %s"
        .formatted(
            skipped.path("connectionId").asText(),
            skipped.path("workspaceId").asText(),
            skipped.path("failure").asText());
  }
}
