package io.tokenwarden.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The logs of the processes: the previous run's is kept beside as `<process>.log.1`, and none
/// grows without end.
record LogFiles(Path folder, long limit) {

  static final long DEFAULT_LIMIT = 32L * 1024 * 1024;

  /// Makes room for a new run.
  void rotate(String process) {
    var log = folder.resolve(process + ".log");
    try {
      Files.createDirectories(folder);
      if (Files.exists(log)) {
        Files.move(log, older(log), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Rotating " + log, e);
    }
  }

  /// Cuts every log that has grown beyond the limit; what was in it becomes the older one.
  /// Processes go on writing: they append, so to them the file has merely become short.
  void bound() {
    try {
      for (var log : grown()) {
        Files.copy(log, older(log), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
          channel.truncate(0);
        }
      }
    } catch (NoSuchFileException _) {
      // The folder is being emptied.
    } catch (IOException e) {
      throw new UncheckedIOException("Bounding the logs in " + folder, e);
    }
  }

  private List<Path> grown() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> file.toFile().length() > limit)
          .toList();
    }
  }

  private static Path older(Path log) {
    return log.resolveSibling(log.getFileName() + ".1");
  }
}
