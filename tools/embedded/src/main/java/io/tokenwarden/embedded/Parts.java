package io.tokenwarden.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The files that the child processes are made of, as the build left them under `tools/parts`.
///
/// @param home the root of the checkout
public record Parts(Path home) {

  /// The system property that names the root of the checkout. The build sets it for tests, the
  /// `tokenwarden` script for the command line.
  public static final String HOME_PROPERTY = "tokenwarden.home";

  public Parts {
    home = home.toAbsolutePath().normalize();
  }

  /// The parts of the checkout this JVM was started for.
  ///
  /// @throws IllegalStateException if [#HOME_PROPERTY] is not set
  public static Parts here() {
    var home = System.getProperty(HOME_PROPERTY);
    if (home == null || home.isBlank()) {
      throw new IllegalStateException(
          "The system property " + HOME_PROPERTY + " does not name the root of the checkout");
    }
    return new Parts(Path.of(home));
  }

  /// A place for unpacked programs that all tests of this checkout share.
  public Path cache() {
    return home.resolve("tools/parts/postgres/target/unpacked");
  }

  String kafkaClasspath() {
    return classpath("kafka");
  }

  String issuerClasspath() {
    return classpath("issuer");
  }

  Path postgresJar() {
    var jars = jars("postgres");
    if (jars.size() != 1) {
      throw new IllegalStateException("Expected one archive of PostgreSQL, found " + jars);
    }
    return jars.getFirst();
  }

  private String classpath(String part) {
    return String.join(File.pathSeparator, jars(part).stream().map(Path::toString).toList());
  }

  private List<Path> jars(String part) {
    var target = home.resolve("tools/parts").resolve(part).resolve("target");
    var list = target.resolve("classpath");
    if (!Files.isReadable(list)) {
      throw new IllegalStateException(
          "The "
              + part
              + " part is not built: "
              + list
              + " is missing. Run ./tokenwarden up, or:"
              + " mvn -Dquick -pl tools/parts/"
              + part
              + " package");
    }
    try {
      return Stream.of(Files.readString(list).strip().split(":"))
          .map(target::resolve)
          .map(Objects::requireNonNull)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + list, e);
    }
  }
}
