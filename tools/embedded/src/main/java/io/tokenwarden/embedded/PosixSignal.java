package io.tokenwarden.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The signals Java cannot send by itself go through the `kill` that every POSIX shell has.
enum PosixSignal {
  /// A polite end; for PostgreSQL the fast shutdown.
  INT,
  TERM,
  STOP,
  CONT;

  void send(ProcessHandle process) {
    var command = List.of("/bin/sh", "-c", "kill -" + name() + " " + process.pid());
    try {
      var kill =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Sending " + this + " to process " + process.pid(), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
