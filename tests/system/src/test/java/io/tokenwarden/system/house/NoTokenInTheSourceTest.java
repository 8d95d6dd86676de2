package io.tokenwarden.system.house;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rule we ship in `.gitleaks.toml`, applied to ourselves.
class NoTokenInTheSourceTest {
  private static final Path HOME =
      Path.of(System.getProperty("tokenwarden.home", "../..")).toAbsolutePath().normalize();

  /// What is built, what runs, and what git keeps for itself.
  private static final Set<String> NOT_SOURCE =
      Set.of("target", ".git", ".tokenwarden", "node_modules", ".idea", ".vscode");

  private final Pattern token = rule();

  @Test
  void theRuleKnowsATokenAmongOtherThings() {
    // given
    var made = "EAA" + "Bc9".repeat(60);

    // then
    assertThat("access_token=" + made + "&limit=1").containsPattern(token);
    assertThat("a word like EAAnonsense, and " + "x".repeat(200)).doesNotContainPattern(token);
  }

  @Test
  void noTokenOfMetaStandsInTheSource() throws IOException {
    // when
    var sources = sources();

    // then
    assertThat(sources).hasSizeGreaterThan(500).contains(HOME.resolve("README.md"));
    assertThat(sources).filteredOn(this::holdsAToken).isEmpty();
  }

  private boolean holdsAToken(Path file) {
    try {
      return token.matcher(Files.readString(file, ISO_8859_1)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern rule() {
    try {
      var rules = Files.readString(HOME.resolve(".gitleaks.toml"));
      var regex =
          Pattern.compile("id = \"meta-access-token\".*?regex = \'\'\'(.*?)\'\'\'", Pattern.DOTALL);
      var found = regex.matcher(rules);
      assertThat(found.find()).as(rules).isTrue();
      return Pattern.compile(found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    Files.walkFileTree(
        HOME,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_SOURCE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}
