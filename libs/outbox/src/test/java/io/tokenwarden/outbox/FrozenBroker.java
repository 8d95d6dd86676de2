package io.tokenwarden.outbox;

import java.io.IOException;
import java.util.Arrays;

/// The shared broker while it is held still: its connections stay open and nobody answers. Goes on
/// when closed.
final class FrozenBroker implements AutoCloseable {
  private final long pid;

  private FrozenBroker(long pid) {
    this.pid = pid;
  }

  static FrozenBroker freeze() throws IOException, InterruptedException {
    var broker =
        ProcessHandle.current()
            .descendants()
            .filter(FrozenBroker::isBroker)
            .findFirst()
            .orElseThrow();
    var frozen = new FrozenBroker(broker.pid());
    frozen.signal("STOP");
    return frozen;
  }

  private static boolean isBroker(ProcessHandle process) {
    return process.info().arguments().map(Arrays::asList).stream()
        .anyMatch(arguments -> arguments.contains("kafka.Kafka"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid).start().waitFor();
  }
}
