package io.tokenwarden.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs of the machine.
final class Programs {

  private Programs() {}

  /// The `java` this JVM was started with.
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// A program on the PATH.
  static Optional<Path> find(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// An empty input.
  static File nothing() {
    return new File("/dev/null");
  }

  /// Whether this JVM runs as root, as which PostgreSQL refuses to run.
  static boolean asRoot() {
    return new UnixSystem().getUid() == 0;
  }
}
