package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.cli.services.ServiceClient;
import io.tokenwarden.cli.terminal.Confirmation;
import io.tokenwarden.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `tokenwarden keys shred`.
@Command(
    name = "shred",
    description = {
      "Delete a workspace's data key: its tokens and app secrets are unreadable for ever, and its"
          + " connections end. Nothing is revoked at Meta; disconnect first where that matters.",
      "Exit 0 when it is done, 6 if there was nothing left to do, 1 if there is no such workspace, 4"
          + " if one may not."
    },
    mixinStandardHelpOptions = true)
final class ShredCommand implements Callable<Integer> {

  @Parameters(paramLabel = "WORKSPACE", description = "Its id.")
  private String workspace;

  @Mixin private Confirmation confirmation;
  @Mixin private Output output;

  @Override
  public Integer call() {
    if (!confirmation.isGiven("Shred workspace " + workspace + "? It cannot be undone.")) {
      return Exit.WRONG_USE;
    }
    var order = JsonNodeFactory.instance.objectNode().put("workspaceId", workspace);
    try (var service = ServiceClient.ofAuth(Checkout.runningStack())) {
      return tell(service.post("/auth/keys/shred", order).body());
    }
  }

  private int tell(JsonNode shredded) {
    var ended = shredded.path("connectionsEnded").asLong();
    if (!shredded.path("keyDeleted").asBoolean() && ended == 0) {
      output.tell("nothing to do", shredded);
      return Exit.NOTHING_TO_DO;
    }
    output.tell("%s shredded, %d connections ended".formatted(workspace, ended), shredded);
    return Exit.OK;
  }
}
