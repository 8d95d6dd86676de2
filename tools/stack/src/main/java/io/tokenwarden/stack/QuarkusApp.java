package io.tokenwarden.stack;

import io.tokenwarden.embedded.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One of the product's own applications, packaged, in a JVM that is kept small.
///
/// Once [rehearsed][#rehearse], every start takes about a third of the processor time: the JVM then
/// has the loaded and verified classes of this package in an archive (JEP 350). An ahead-of-time
/// cache (JEP 483) saves no more, and takes twice as long to make.
public final class QuarkusApp implements Part {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration REHEARSAL = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final List<String> JVM =
      List.of(
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String name;
  private final Path jar;
  private final Path archive;
  private final String heap;
  private final String address;
  private final String readiness;
  private final Map<String, String> environment;
  private final Path log;
  private volatile ChildProcess process;

  /// @param readiness the path that answers 200 when it serves
  public QuarkusApp(
      String name,
      Path jar,
      String heap,
      String address,
      String readiness,
      Map<String, String> environment,
      Path log) {
    this.name = name;
    this.jar = jar;
    this.archive = jar.resolveSibling("start.jsa");
    this.heap = heap;
    this.address = address;
    this.readiness = readiness;
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public ChildProcess start() {
    return start(isRehearsed() ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
  }

  private ChildProcess start(List<String> options) {
    process =
        ChildProcess.start(
            new ChildProcess.Spec(name, command(options), environment, jar.getParent(), log));
    return process;
  }

  /// Whether this very package was rehearsed.
  public boolean isRehearsed() {
    try {
      return Files.exists(archive)
          && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Looking at " + archive, e);
    }
  }

  /// Starts it, and ends it when it is ready, so that the JVM writes down what a start needs. Takes
  /// twice as long as a start. If it does not come up, nothing is written down.
  public void rehearse() {
    var fresh = archive.resolveSibling(name + ".jsa");
    var rehearsal = start(List.of("-XX:ArchiveClassesAtExit=" + fresh));
    boolean cameUp = comesUp(rehearsal);
    rehearsal.stop(REHEARSAL);
    try {
      if (cameUp && Files.exists(fresh)) {
        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException("Keeping " + archive, e);
    }
  }

  private boolean comesUp(ChildProcess rehearsal) {
    long deadline = System.nanoTime() + REHEARSAL.toNanos();
    while (!isReady()) {
      if (!rehearsal.isAlive() || System.nanoTime() > deadline) {
        return false;
      }
      rehearsal.awaitExit(PAUSE);
    }
    return true;
  }

  private List<String> command(List<String> options) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.of(List.of(java, "-Xmx" + heap), JVM, options, List.of("-jar", jar.toString()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public boolean isReady() {
    var request = HttpRequest.newBuilder(URI.create(address + readiness)).timeout(PATIENCE).build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void stop() {
    var running = process;
    if (running != null) {
      running.stop(GRACE);
    }
  }
}
