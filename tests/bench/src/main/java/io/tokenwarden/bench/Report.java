package io.tokenwarden.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What came of a benchmark, with all that a reader needs to judge it.
record Report(
    String name, String question, Instant at, Machine machine, int rounds, List<Measure> measures) {

  /// Writes `<name>.json` and `<name>.md`.
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Files.writeString(folder.resolve(name + ".json"), json.writeValueAsString(plain()));
      Files.writeString(folder.resolve(name + ".md"), markdown());
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the report of " + name, e);
    }
  }

  private Object plain() {
    return Map.of(
        "name", name,
        "question", question,
        "at", at.toString(),
        "machine", machine,
        "rounds", rounds,
        "measures", measures);
  }

  String markdown() {
    var text = new StringBuilder();
    text.append("### ").append(name).append("\n\n").append(question).append("\n\n");
    text.append("%s; %s, %d rounds. Median (smallest–largest).%n%n".formatted(at, machine, rounds));
    text.append(
        "| | ours | the floor | of what | ours − floor | ours ÷ floor |\n|---|---|---|---|---|---|\n");
    for (var measure : measures) {
      text.append(
          "| %s [%s] | %s | %s | %s | %s | %s |%n"
              .formatted(
                  measure.what(),
                  measure.unit(),
                  measure.oursSpread(),
                  measure.peerSpread(),
                  measure.peerIs(),
                  measure.difference(),
                  measure.ratio()));
    }
    return text.toString();
  }
}
