package io.tokenwarden.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tokenwarden.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Gives a Quarkus test a stand-in for Meta, and tells the service where it is.
public final class TwinParts implements QuarkusTestResourceLifecycleManager {
  private static final String ADDRESS = "tokenwarden.test.twin";

  private Path folder;
  private MetaTwin twin;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("tokenwarden-test-twin-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    twin = MetaTwin.start(folder);
    System.setProperty(ADDRESS, twin.url().toString());
    return Map.of(
        "meta.graph-url", twin.url().toString(),
        "meta.dialog-url", twin.url().toString(),
        "meta.app-id", MetaTwin.APP_ID,
        "meta.app-secret", twin.appSecret());
  }

  /// The twin of the running test, for its control API.
  public static MetaTwin twin() {
    return MetaTwin.at(URI.create(System.getProperty(ADDRESS)));
  }

  @Override
  public void stop() {
    if (twin != null) {
      twin.close();
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
