package io.tokenwarden.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A PostgreSQL server as a child process, listening on 127.0.0.1 only. What it has committed
/// survives `kill -9`: `fsync` and `synchronous_commit` are on.
///
/// A server that a killed caller left behind on the same data folder is ended first, so that
/// starting always gives a server of one's own.
public final class Postgres implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;

  private final PostgresSettings settings;
  private final PostgresPrograms programs;
  private int port;
  private volatile ChildProcess process;

  private Postgres(PostgresSettings settings, PostgresPrograms programs) {
    this.settings = settings;
    this.programs = programs;
    this.port = settings.port() == 0 ? Ports.free() : settings.port();
  }

  /// Starts the server and returns once it answers.
  ///
  /// @throws IllegalStateException if it does not come up; the message ends with its last log lines
  public static Postgres start(PostgresSettings settings) {
    return start(Parts.here(), settings);
  }

  public static Postgres start(Parts parts, PostgresSettings settings) {
    var programs = PostgresPrograms.unpacked(parts.postgresJar(), settings.cache());
    var postgres = new Postgres(settings, programs);
    postgres.prepare();
    postgres.launch();
    return postgres;
  }

  /// Starts it again on the same data folder and port, after [#stop] or [#kill].
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("PostgreSQL still runs: " + process);
    }
    launch();
  }

  private void prepare() {
    if (!Files.exists(settings.data().resolve("PG_VERSION"))) {
      initialise();
    }
  }

  /// Made beside its place and moved there when complete: an interrupted start leaves no half-made
  /// data folder.
  private void initialise() {
    var fresh = settings.data().resolveSibling(settings.data().getFileName() + ".new");
    try {
      Folders.delete(fresh);
      Files.createDirectories(settings.data().getParent());
      var passwordFile = passwordFile();
      try {
        runInitdb(fresh, passwordFile);
      } finally {
        Files.deleteIfExists(passwordFile);
      }
      Folders.delete(settings.data());
      Files.move(fresh, settings.data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Making the data folder " + settings.data(), e);
    }
  }

  private Path passwordFile() throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    var file = Files.createTempFile("pg", ".pw", PosixFilePermissions.asFileAttribute(ownerOnly));
    return Files.writeString(file, settings.password().reveal() + "\n");
  }

  private void runInitdb(Path folder, Path passwordFile) {
    var arguments =
        List.of(
            "-D",
            folder.toString(),
            "-U",
            PostgresAddress.SUPERUSER,
            "-A",
            "scram-sha-256",
            "--pwfile=" + passwordFile,
            "-E",
            "UTF8",
            "--locale=C");
    var initdb = child("initdb", programs.command("initdb", arguments));
    if (!initdb.awaitExit(PATIENCE) || initdb.exitCode().orElse(-1) != 0) {
      initdb.kill();
      throw new IllegalStateException(initdbFailed(initdb.tail()));
    }
  }

  private static String initdbFailed(String tail) {
    var advice =
        Programs.asRoot()
            ? " PostgreSQL does not run as root; where user namespaces are forbidden (as in some"
                + " containers), run as another user."
            : "";
    return "initdb failed." + advice + "\n" + tail;
  }

  private void launch() {
    for (int attempt = 1; ; attempt++) {
      endLeftover();
      process = child("postgres", programs.command("postgres", serverArguments()));
      try {
        awaitReady(PATIENCE);
        return;
      } catch (IllegalStateException e) {
        process.kill();
        if (attempt == ATTEMPTS || !mayPass(e)) {
          throw e;
        }
      }
    }
  }

  /// A free port may have been taken meanwhile, and the processes of a killed server may hold its
  /// shared memory for a moment longer.
  private boolean mayPass(IllegalStateException failure) {
    var message = String.valueOf(failure.getMessage());
    if (message.contains("could not bind") && settings.port() == 0) {
      port = Ports.free();
      return true;
    }
    return message.contains("shared memory block") && Wait.upTo(Duration.ofSeconds(1)).expires();
  }

  private List<String> serverArguments() {
    var options =
        Map.of(
            "listen_addresses", "127.0.0.1",
            "port", Integer.toString(port),
            "unix_socket_directories", "",
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "32MB",
            "max_wal_size", "256MB",
            "max_connections", "200",
            "timezone", "UTC",
            "log_timezone", "UTC");
    var arguments = new ArrayList<>(List.of("-D", settings.data().toString()));
    options.forEach((name, value) -> {
      arguments.add("-c");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }

  private ChildProcess child(String name, List<String> command) {
    return ChildProcess.start(
        new ChildProcess.Spec(
            name, command, Map.of("LC_ALL", "C"), settings.cache(), settings.log()));
  }

  /// The first line of `postmaster.pid` names the server that owns the folder. If that process
  /// still is a PostgreSQL, a killed caller left it behind; if it is something else, the number was
  /// given out again and the file is stale.
  private void endLeftover() {
    var lock = settings.data().resolve("postmaster.pid");
    try {
      if (!Files.exists(lock)) {
        return;
      }
      var owner = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
      var left = ProcessHandle.of(owner).filter(Postgres::isPostgres);
      if (left.isPresent()) {
        PosixSignal.INT.send(left.get());
        awaitEnd(left.get());
      } else {
        Files.deleteIfExists(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + lock, e);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("Not a PostgreSQL lock file: " + lock, e);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("/postgres")).orElse(false);
  }

  private static void awaitEnd(ProcessHandle process) {
    if (!Wait.upTo(Duration.ofSeconds(20)).until(() -> !process.isAlive())) {
      throw new IllegalStateException(
          "A PostgreSQL left behind (process " + process.pid() + ") does not end");
    }
  }

  /// Waits until it accepts connections, and makes sure that it is this server that answers.
  ///
  /// @throws IllegalStateException if it ends or does not answer in time, or if another server
  ///   answers on its port
  public void awaitReady(Duration patience) {
    if (!Wait.upTo(patience).until(this::answers)) {
      throw new IllegalStateException(
          "PostgreSQL does not answer on port " + port + "\n" + process.tail());
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "PostgreSQL ended while starting on port " + port + "\n" + process.tail());
    }
    try (var connection = address().connect("postgres")) {
      requireOwn(connection);
      return true;
    } catch (SQLException e) {
      if ("28P01".equals(e.getSQLState())) {
        throw new IllegalStateException(
            "The PostgreSQL on port " + port + " refuses the password of " + settings.data(), e);
      }
      return false;
    }
  }

  private void requireOwn(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery("show data_directory")) {
      answer.next();
      var served = Path.of(answer.getString(1));
      if (!isSameFolder(served)) {
        throw new IllegalStateException(
            "Another PostgreSQL answers on port " + port + ": it serves " + served);
      }
    }
  }

  private boolean isSameFolder(Path served) {
    try {
      return Files.isSameFile(served, settings.data());
    } catch (IOException _) {
      return false;
    }
  }

  /// Where it listens now, for [Schemas] and for connections as the superuser.
  public PostgresAddress address() {
    return new PostgresAddress(port, settings.password());
  }

  public int port() {
    return port;
  }

  public ChildProcess process() {
    return process;
  }

  public long pid() {
    return process.pid();
  }

  /// Ends all sessions and the server, with everything written (PostgreSQL's fast shutdown).
  public void stop() {
    process.stop(PosixSignal.INT, Duration.ofSeconds(20));
  }

  /// Ends it as a crash would.
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    stop();
  }
}
