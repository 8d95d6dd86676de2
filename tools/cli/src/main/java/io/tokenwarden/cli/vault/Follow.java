package io.tokenwarden.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.cli.Exit;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;

/// Begins a long work and follows it: progress on stderr, the outcome on stdout.
final class Follow {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CONFLICT = 409;

  private final AuthService service;
  private final CommandLine command;
  private final Format format;
  private final Duration time;

  Follow(AuthService service, CommandLine command, Format format, Duration time) {
    this.service = service;
    this.command = command;
    this.format = format;
    this.time = time;
  }

  /// @param beginning where it is begun; a 409 says that it is under way
  /// @param watching where it tells how far it is
  /// @return the exit code
  int toTheEnd(
      String beginning, JsonNode order, String watching, Function<JsonNode, Progress> progress) {
    try {
      var begun = service.post(beginning, order);
      if (begun.status() == CONFLICT) {
        say("It is under way already; following it.");
      }
      var state = begun.status() == CONFLICT ? service.get(watching) : begun.body();
      return tell(followed(state, watching, progress), progress);
    } catch (NotAuthorisedException refused) {
      say(refused.getMessage());
      return Exit.NOT_AUTHORISED;
    }
  }

  private JsonNode followed(
      JsonNode first, String watching, Function<JsonNode, Progress> progress) {
    var end = System.nanoTime() + time.toNanos();
    var state = first;
    var said = "";
    while (true) {
      var now = progress.apply(state);
      if (!now.text().equals(said)) {
        said = now.text();
        say(said);
      }
      if (now.finished() || System.nanoTime() > end) {
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
    var line =
        switch (format) {
          case JSON -> state.toPrettyString();
          case TABLE -> outcome.exit() == Exit.NOTHING_TO_DO ? "nothing to do" : outcome.text();
        };
    command.getOut().println(line);
    command.getOut().flush();
    return outcome.exit();
  }

  private void say(String line) {
    command.getErr().println(line);
    command.getErr().flush();
  }
}
