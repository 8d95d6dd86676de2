package io.tokenwarden.system.sdk;

import io.tokenwarden.embedded.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `tests/sdk-node` with what its lock file names, beside it in `target`.
final class NodeSuite {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "suite.js");

  private final Path folder;

  private NodeSuite(Path folder) {
    this.folder = folder;
  }

  /// Whether it can run on this machine.
  static boolean isPossible() {
    return Stream.of("node", "npm").allMatch(NodeSuite::isOnThePath);
  }

  private static boolean isOnThePath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /// @param home the root of the checkout
  static Suite installed(Path home) {
    var source = home.resolve("tests/sdk-node");
    var suite = new NodeSuite(source.resolve("target"));
    suite.copyFrom(source);
    suite.install();
    return new Suite("sdk-node", List.of("node", "suite.js"), suite.folder, Map.of());
  }

  private void copyFrom(Path source) {
    try {
      Files.createDirectories(folder);
      for (var file : FILES) {
        Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install() {
    var npm =
        ChildProcess.start(
            new ChildProcess.Spec(
                "npm",
                List.of("npm", "ci", "--prefer-offline"),
                Map.of(),
                folder,
                folder.resolve("npm.log")));
    if (!npm.awaitExit(PATIENCE)) {
      npm.kill();
    }
    if (npm.exitCode().orElse(-1) != 0) {
      throw new AssertionError("npm installed nothing\n" + npm.tail());
    }
  }
}
