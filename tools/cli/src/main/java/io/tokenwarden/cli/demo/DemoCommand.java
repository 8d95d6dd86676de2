package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tokenwarden.cli.Checkout;
import io.tokenwarden.cli.Exit;
import io.tokenwarden.stack.PartStatus;
import io.tokenwarden.stack.Stack;
import io.tokenwarden.stack.StackInfo;
import io.tokenwarden.stack.StackListener;
import io.tokenwarden.stack.StackSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tokenwarden demo`. Exit 0 only if every step of the story was observed.
@Command(
    name = "demo",
    description = {
      "Play the story of a token that dies on the running stack, or on one it starts, and prove each"
          + " step by asking the services and reading the topics.",
      "Exit 0 only if every step was observed."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the outcome as JSON, for machines.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long each thing is waited for. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--workspace",
      defaultValue = "demo",
      description = "The workspace to connect to. Default: ${DEFAULT-VALUE}.")
  private String workspace;

  @Override
  public Integer call() {
    var running = Checkout.folder().running();
    return running.isPresent() ? play(running.get()) : playOnOwnStack();
  }

  private int playOnOwnStack() {
    say("No stack runs here: starting one for the demo. Its data stays.");
    var settings = StackSettings.of(Checkout.home());
    try (var stack = Stack.start(settings, new Messages(this::say))) {
      return play(stack.info());
    }
  }

  private int play(StackInfo stack) {
    if (stack.metaTwin() == null) {
      say(
          "The demo needs the Meta twin: it makes a person there who changes a password. This stack"
              + " talks to another Meta; start it without META_GRAPH_URL and META_DIALOG_URL.");
      return Exit.ERROR;
    }
    var outcome = new Demo(stack, workspace, Duration.ofSeconds(seconds), narrator()).play();
    if (json) {
      out(text(outcome));
    }
    return outcome.observed() ? Exit.OK : Exit.ERROR;
  }

  private Narrator narrator() {
    return json ? Narrator.silent() : new Narrator(spec.commandLine().getOut(), wantsColours());
  }

  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again without a terminal
  private static boolean wantsColours() {
    var console = System.console();
    return console != null
        && console.isTerminal()
        && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
  }

  private static String text(Timeline.Outcome outcome) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(outcome);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an outcome can always be written", e);
    }
  }

  private void out(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /// Passes on what a person should know, and leaves out the rest.
  private record Messages(Consumer<String> say) implements StackListener {

    @Override
    public void said(String message) {
      say.accept(message);
    }

    @Override
    public void changed(PartStatus status) {}

    @Override
    public void ready(StackInfo info) {
      say.accept("Up: " + info.console());
    }
  }
}
