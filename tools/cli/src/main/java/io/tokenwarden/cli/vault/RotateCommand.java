package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.cli.Checkout;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tokenwarden keys rotate`.
@Command(
    name = "rotate",
    description = {
      "Wrap every workspace's data key with the current key-encryption key.",
      "Exit 0 when all is done, 5 if some still fails when the time is over, 6 if there was nothing to"
          + " do, 4 if one may not. A rotation that is under way already is followed."
    },
    mixinStandardHelpOptions = true)
final class RotateCommand implements Callable<Integer> {

  @Option(
      names = "--new-key",
      description = "First give the local stack's key-encryption key a new primary.")
  private boolean newKey;

  @Option(
      names = "--data-keys",
      description = "Also give each workspace a new data key, and seal everything anew.")
  private boolean dataKeys;

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
    var stack = Checkout.runningStack();
    if (newKey) {
      Checkout.folder().vaultKeyset().addPrimary();
    }
    try (var service = AuthService.of(stack)) {
      var order = JsonNodeFactory.instance.objectNode().put("dataKeys", dataKeys);
      return new Follow(service, spec.commandLine(), format, Duration.ofSeconds(seconds))
          .toTheEnd("/auth/keys/rotate", order, "/auth/keys", RotateCommand::progress);
    }
  }

  static Progress progress(JsonNode keys) {
    var rotation = keys.path("rotation");
    return new Progress(
        "workspaces",
        rotation.path("total").asLong(),
        rotation.path("done").asLong(),
        rotation.path("failing").asLong(),
        rotation.path("finishedAt").isTextual());
  }
}
