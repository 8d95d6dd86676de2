package io.tokenwarden.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A process started by this JVM: its output goes to a log file, it ends when the JVM ends, and its
/// exit is collected, so that it never stays behind as a zombie.
///
/// Where the `setsid` program exists the child runs in a session of its own. A Ctrl-C in the
/// terminal then reaches the parent alone, which stops its children in the order it wants.
public final class ChildProcess implements AutoCloseable {

  private static final int TAIL_LINES = 30;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// What to start.
  ///
  /// @param name what messages call it
  /// @param command the program and its arguments
  /// @param environment added to that of this JVM
  /// @param folder where it runs
  /// @param log what it prints is appended here
  public record Spec(
      String name, List<String> command, Map<String, String> environment, Path folder, Path log) {

    public Spec {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /// @throws UncheckedIOException if the program cannot be started
  public static ChildProcess start(Spec spec) {
    try {
      Files.createDirectories(spec.log().toAbsolutePath().getParent());
      var builder = new ProcessBuilder(inOwnSession(spec.command()));
      builder.environment().putAll(spec.environment());
      var process =
          builder
              .directory(spec.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(Programs.nothing()))
              .start();
      var child = new ChildProcess(spec.name(), process, spec.log());
      JvmEnd.ends(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Starting " + spec.name(), e);
    }
  }

  private static List<String> inOwnSession(List<String> command) {
    return Programs.find("setsid")
        .map(setsid -> {
          List<String> all = new ArrayList<>(List.of(setsid.toString()));
          all.addAll(command);
          return all;
        })
        .orElse(command);
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Completes with the exit code once the process has ended, for whatever reason.
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /// The exit code, or empty while it runs.
  public Optional<Integer> exitCode() {
    return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
  }

  /// Asks it to end with SIGTERM, and kills it if it still runs after `grace`.
  public void stop(Duration grace) {
    stop(PosixSignal.TERM, grace);
  }

  void stop(PosixSignal signal, Duration grace) {
    if (process.isAlive()) {
      signal(signal);
      if (!awaitExit(grace)) {
        kill();
      }
    }
  }

  void askToEnd() {
    signal(PosixSignal.TERM);
  }

  /// Ends it at once with SIGKILL, as a crash would, and waits until it is gone.
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /// Holds it still with SIGSTOP, and the processes it has started: they keep their connections and
  /// answer nothing.
  public void freeze() {
    signal(PosixSignal.STOP);
    process.descendants().forEach(PosixSignal.STOP::send);
  }

  /// Lets it go on after [#freeze].
  public void thaw() {
    process.descendants().forEach(PosixSignal.CONT::send);
    signal(PosixSignal.CONT);
  }

  private void signal(PosixSignal signal) {
    signal.send(process.toHandle());
  }

  /// Whether it has ended within `patience`.
  public boolean awaitExit(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The last lines it printed, for an error message.
  public String tail() {
    try (var lines = Files.lines(log, ISO_8859_1)) {
      var last = new ArrayDeque<String>();
      lines.forEach(line -> {
        last.add(line);
        if (last.size() > TAIL_LINES) {
          last.remove();
        }
      });
      return String.join("\n", last);
    } catch (IOException | UncheckedIOException _) {
      return "(no log at " + log + ")";
    }
  }

  /// As [#stop] with ten seconds of grace.
  @Override
  public void close() {
    stop(Duration.ofSeconds(10));
  }

  @Override
  public String toString() {
    return name + "[pid=" + pid() + "]";
  }
}
