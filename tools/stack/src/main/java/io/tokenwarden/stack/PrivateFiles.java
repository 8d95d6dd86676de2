package io.tokenwarden.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files for their owner's eyes only (0600).
final class PrivateFiles {

  private PrivateFiles() {}

  /// Writes the file at once: a reader sees the old content or the new, never a part.
  static void write(Path file, String content) {
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      Files.createDirectories(file.getParent());
      var fresh =
          Files.createTempFile(
              file.getParent(),
              "." + file.getFileName(),
              ".new",
              PosixFilePermissions.asFileAttribute(ownerOnly));
      Files.writeString(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing " + file, e);
    }
  }
}
