package io.tokenwarden.twin.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files nobody but their owner may read.
public final class PrivateFiles {

  private PrivateFiles() {}

  /// The folder, made with access for its owner alone if it was missing.
  public static Path folder(Path folder) {
    try {
      return Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
  }

  /// The file, made empty and readable by its owner alone if it was missing.
  public static Path file(Path file) {
    try {
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the file " + file, e);
    }
  }

  /// Replaces the file's content by a rename, so a process killed at any moment leaves either the
  /// old content or the new one.
  public static void replace(Path file, byte[] content) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.write(file(next), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
