package io.tokenwarden.deploy;

import java.nio.file.Path;

/// Where `deploy/` is.
final class Folder {
  static final Path DEPLOY = Path.of(System.getProperty("tokenwarden.home")).resolve("deploy");

  private Folder() {}
}
