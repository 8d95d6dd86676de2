package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.cli.services.ServiceClient;
import io.tokenwarden.cli.terminal.Output;
import io.tokenwarden.stack.StackInfo;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Begins a long work and follows it, with the options of that: progress on stderr, the outcome on
/// stdout.
final class Follow {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CONFLICT = 409;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long it is followed. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Mixin private Output output;

  /// Begins it, or joins whoever has.
  ///
  /// @param beginning where it is begun; a 409 says that it is under way
  /// @param watching where it tells how far it is
  /// @return the exit code
  int toTheEnd(
      StackInfo stack,
      String beginning,
      JsonNode order,
      String watching,
      Function<JsonNode, Progress> progress) {
    try (var service = ServiceClient.ofAuth(stack)) {
      var begun = service.post(beginning, order);
      if (begun.status() == CONFLICT) {
        output.say("It is under way already; following it.");
      }
      var state = begun.status() == CONFLICT ? service.get(watching) : begun.body();
      return tell(followed(service, state, watching, progress), progress);
    }
  }

  private JsonNode followed(
      ServiceClient service,
      JsonNode first,
      String watching,
      Function<JsonNode, Progress> progress) {
    var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    var state = first;
    var said = "";
    while (true) {
      var now = progress.apply(state);
      if (!now.text().equals(said)) {
        said = now.text();
        output.say(said);
      }
      if (now.finished() || System.nanoTime() - end > 0) {
        return state;
      }
      pause();
      state = service.get(watching);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted; the work goes on without this command", e);
    }
  }

  private int tell(JsonNode state, Function<JsonNode, Progress> progress) {
    var outcome = progress.apply(state);
    var nothing = outcome.exit() == Exit.NOTHING_TO_DO;
    output.tell(nothing ? "nothing to do" : outcome.inFull(), state);
    return outcome.exit();
  }
}
