package io.tokenwarden.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An OIDC issuer for one machine, as a child process on 127.0.0.1. It asks nobody for a password
/// and gives anybody the token they ask for: for local use alone. [IssuerConfig] says who gets
/// which claims, [Bearers] asks for tokens.
///
/// Its signing key is made once, so services go on trusting it after it was started anew.
public final class LocalIssuer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MAIN = "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt";

  private final IssuerSettings settings;
  private final String classpath;
  private final int port;
  private volatile ChildProcess process;

  private LocalIssuer(IssuerSettings settings, String classpath) {
    this.settings = settings;
    this.classpath = classpath;
    this.port = settings.port() == 0 ? Ports.free() : settings.port();
  }

  /// Starts the issuer and returns once it answers.
  ///
  /// @throws IllegalStateException if it does not come up; the message ends with its last log lines
  public static LocalIssuer start(IssuerSettings settings) {
    return start(Parts.here(), settings);
  }

  public static LocalIssuer start(Parts parts, IssuerSettings settings) {
    var issuer = new LocalIssuer(settings, parts.issuerClasspath());
    issuer.launch();
    return issuer;
  }

  /// Starts it again on the same port with the same key, after [#stop] or [#kill].
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("The issuer still runs: " + process);
    }
    launch();
  }

  private void launch() {
    var config = IssuerConfig.write(settings.data());
    var command =
        List.of(
            Programs.java(),
            "-Xmx64m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            classpath,
            MAIN);
    var environment =
        Map.of(
            "SERVER_HOSTNAME", "127.0.0.1",
            "SERVER_PORT", Integer.toString(port),
            "JSON_CONFIG_PATH", config.toString());
    process =
        ChildProcess.start(
            new ChildProcess.Spec("issuer", command, environment, settings.data(), settings.log()));
    try {
      awaitReady(PATIENCE);
    } catch (IllegalStateException e) {
      process.kill();
      throw e;
    }
  }

  /// Waits until it answers.
  ///
  /// @throws IllegalStateException if it ends or does not answer in time
  public void awaitReady(Duration patience) {
    try (var http = HttpClient.newHttpClient()) {
      if (!Wait.upTo(patience).until(() -> answers(http))) {
        throw new IllegalStateException(
            "The issuer does not answer on port " + port + "\n" + process.tail());
      }
    }
  }

  /// Asking for the keys also binds the kept key to this issuer's name.
  private boolean answers(HttpClient http) {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The issuer ended while starting on port " + port + "\n" + process.tail());
    }
    try {
      var request = HttpRequest.newBuilder(URI.create(url() + "/jwks")).timeout(PATIENCE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The issuer's name and address: the `iss` of its tokens, and where discovery starts.
  public String url() {
    return url(port);
  }

  /// The name and address of the issuer that listens on the port.
  public static String url(int port) {
    return "http://localhost:" + port + "/" + IssuerConfig.ISSUER;
  }

  /// Asks this issuer for tokens.
  public Bearers bearers() {
    return new Bearers(url());
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

  public void stop() {
    process.stop(Duration.ofSeconds(5));
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
