package io.tokenwarden.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The processes of a stack, written down while it runs. If the stack itself is killed they live
/// on; the next one ends them before it touches their data. A process counts as the same only if
/// its start time is the one written down, since ids are given out again.
final class Leftovers {

  /// The system derives start times from the time of its own start, which corrections of the clock
  /// move a little.
  private static final long CLOCK_SLACK_MILLIS = 2000;

  private final Path file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Leftovers(Path file) {
    this.file = file;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Entry(String name, long pid, long startedAt) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Entries(List<Entry> processes) {}

  synchronized void add(String name, long pid) {
    var started = ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
    entries.put(name, new Entry(name, pid, started.map(Instant::toEpochMilli).orElse(0L)));
    PrivateFiles.write(file, Json.text(new Entries(List.copyOf(entries.values()))));
  }

  /// Ends what a killed stack left behind.
  ///
  /// @return the names of what was ended
  List<String> end() {
    var left = Json.read(file, Entries.class).map(Entries::processes).orElse(List.of());
    var ended = left.stream().filter(entry -> process(entry).isPresent()).toList();
    ended.stream().flatMap(Leftovers::handles).forEach(ProcessHandle::destroy);
    ended.stream().flatMap(Leftovers::handles).forEach(Leftovers::awaitEnd);
    return ended.stream().map(Entry::name).toList();
  }

  private static Stream<ProcessHandle> handles(Entry entry) {
    return process(entry).stream();
  }

  private static Optional<ProcessHandle> process(Entry entry) {
    return ProcessHandle.of(entry.pid()).filter(process -> isSame(process, entry));
  }

  private static boolean isSame(ProcessHandle process, Entry entry) {
    return process
        .info()
        .startInstant()
        .map(started -> Math.abs(started.toEpochMilli() - entry.startedAt()) < CLOCK_SLACK_MILLIS)
        .orElse(false);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
