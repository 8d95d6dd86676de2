package io.tokenwarden.stack;

import io.tokenwarden.embedded.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One of the product's own applications, packaged, in a JVM that is kept small.
public final class QuarkusApp implements Part {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Path jar;
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
    process =
        ChildProcess.start(
            new ChildProcess.Spec(name, command(), environment, jar.getParent(), log));
    return process;
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "-Xss512k",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        jar.toString());
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
