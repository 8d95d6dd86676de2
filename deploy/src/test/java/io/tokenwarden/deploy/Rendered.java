package io.tokenwarden.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What Kubernetes would be given.
record Rendered(List<JsonNode> resources) {

  /// The `kubectl` on the PATH, if there is one.
  static Optional<Path> kubectl() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @throws AssertionError with kubectl's own words if it does not render
  static Rendered by(Path kubectl, Path folder) {
    try {
      var process =
          new ProcessBuilder(kubectl.toString(), "kustomize", folder.toString())
              .redirectError(ProcessBuilder.Redirect.PIPE)
              .start();
      var yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("kubectl kustomize " + folder + " failed: " + said);
      }
      return parse(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("Running " + kubectl, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while rendering " + folder, e);
    }
  }

  private static Rendered parse(String yaml) throws IOException {
    try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return new Rendered(documents.readAll());
    }
  }

  Stream<JsonNode> all(String kind) {
    return resources.stream().filter(resource -> kind.equals(resource.path("kind").asText()));
  }

  Optional<JsonNode> find(String kind, String name) {
    return all(kind).filter(resource -> name.equals(name(resource))).findFirst();
  }

  static String name(JsonNode resource) {
    return resource.at("/metadata/name").asText();
  }

  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
