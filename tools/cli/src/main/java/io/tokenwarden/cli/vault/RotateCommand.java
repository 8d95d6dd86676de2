package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.vault.Progress.Left;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private Follow follow;

  @Override
  public Integer call() {
    var stack = Checkout.runningStack();
    if (newKey) {
      Checkout.folder().vaultKeyset().addPrimary();
    }
    var order = JsonNodeFactory.instance.objectNode().put("dataKeys", dataKeys);
    return follow.toTheEnd(
        stack, "/auth/keys/rotate", order, "/auth/keys", RotateCommand::progress);
  }

  static Progress progress(JsonNode keys) {
    var rotation = keys.path("rotation");
    return new Progress(
        "workspaces",
        rotation.path("total").asLong(),
        rotation.path("done").asLong(),
        new Left("failing", rotation.path("failing").asLong(), List.of()),
        rotation.path("finishedAt").isTextual());
  }
}
