package io.tokenwarden.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The option `-o`, and where things are printed.
public final class Output {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(Feature.WRITE_DOC_START_MARKER));

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// The outcome, on stdout.
  ///
  /// @param words for a person
  /// @param data for machines
  public void tell(String words, JsonNode data) {
    print(
        spec.commandLine().getOut(),
        switch (format) {
          case TABLE -> words;
          case JSON -> data.toPrettyString();
          case YAML -> yaml(data);
        });
  }

  private static String yaml(JsonNode data) {
    try {
      return YAML.writeValueAsString(data).stripTrailing();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can always be written", e);
    }
  }

  /// A message, on stderr.
  public void say(String line) {
    print(spec.commandLine().getErr(), line);
  }

  private static void print(PrintWriter to, String text) {
    to.println(text);
    to.flush();
  }
}
