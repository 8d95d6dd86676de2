package io.tokenwarden.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The unpacked server programs. PostgreSQL refuses to run as root; root therefore runs them in a
/// user namespace, where they see themselves as nobody while files stay with root.
record PostgresPrograms(Path folder) {

  /// Unpacks the archive unless the cache has it. Several processes may do so at once.
  static PostgresPrograms unpacked(Path archive, Path cache) {
    var folder = cache.resolve(archive.getFileName().toString().replaceFirst("\\.jar$", ""));
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(cache);
        var fresh = Files.createTempDirectory(cache, "unpacking-");
        unpack(archive, fresh);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        publish(fresh, folder);
      }
      return new PostgresPrograms(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Unpacking PostgreSQL into " + folder, e);
    }
  }

  private static void publish(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Folders.delete(fresh);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void unpack(Path archive, Path folder) throws IOException {
    try (var jar = new ZipFile(archive.toFile())) {
      ZipEntry txz =
          jar.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .map(ZipEntry.class::cast)
              .findFirst()
              .orElseThrow(() -> new IOException("No .txz in " + archive));
      try (var tar = tar(jar.getInputStream(txz))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          write(entry, tar, folder);
        }
      }
    }
  }

  private static TarArchiveInputStream tar(InputStream txz) throws IOException {
    return new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(txz)));
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    var file = folder.resolve(entry.getName()).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("The archive names a file outside: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    try {
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else if (entry.isLink()) {
        Files.createLink(file, folder.resolve(entry.getLinkName()).normalize());
      } else {
        Files.copy(content, file);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      }
    } catch (FileAlreadyExistsException _) {
      // Some archives name a link twice.
    }
  }

  /// The command line that runs one of the programs.
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (Programs.asRoot()) {
      command.add(unshare().toString());
      command.add("-U");
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static Path unshare() {
    return Programs.find("unshare")
        .orElseThrow(() ->
            new IllegalStateException(
                "PostgreSQL does not run as root, and the program 'unshare' (Debian package"
                    + " util-linux), which would give it another user, is missing. Install it"
                    + " or run as another user."));
  }
}
