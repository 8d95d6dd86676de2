package io.tokenwarden.twin;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// A twin that remembers nothing, for an app whose secret nobody knew before.
public final class FreshTwin implements QuarkusTestResourceLifecycleManager {

  static final String APP_ID = "100200300400500";
  static final String APP_SECRET = UUID.randomUUID().toString();

  private final Path folder = newFolder();

  @Override
  public Map<String, String> start() {
    return Map.of(
        "twin.app-id", APP_ID,
        "twin.app-secret", APP_SECRET,
        "twin.data", folder.toString());
  }

  @Override
  public void stop() {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("twin");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
