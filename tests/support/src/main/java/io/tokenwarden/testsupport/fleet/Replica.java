package io.tokenwarden.testsupport.fleet;

import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.embedded.ReservedPort;
import io.tokenwarden.stack.QuarkusApp;
import io.tokenwarden.testsupport.link.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/// One process of one service, and the links it talks through.
public final class Replica implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Service service;
  private final String name;
  private final ReservedPort port;
  private final Links links;
  private final QuarkusApp app;
  private final Path log;
  private volatile ChildProcess process;

  Replica(
      Service service,
      String name,
      ReservedPort port,
      Links links,
      Path jar,
      String heap,
      Map<String, String> environment,
      Path log) {
    this.service = service;
    this.name = name;
    this.port = port;
    this.links = links;
    this.log = log;
    this.app =
        new QuarkusApp(name, jar, heap, url().toString(), "/q/health/ready", environment, log);
  }

  /// The links of one process. Those it does not use stay idle.
  record Links(TcpProxy postgres, TcpProxy meta, TcpProxy authService, TcpProxy graphGateway) {
    List<TcpProxy> all() {
      return List.of(postgres, meta, authService, graphGateway);
    }
  }

  /// Such as `sync-worker-2`.
  public String name() {
    return name;
  }

  public Service service() {
    return service;
  }

  /// Its own address, past all links.
  public URI url() {
    return URI.create("http://" + port.address());
  }

  int port() {
    return port.number();
  }

  /// Makes all later starts of its service quick, if nobody has yet. Before its first start.
  void rehearse() {
    if (!app.isRehearsed()) {
      app.rehearse();
    }
  }

  /// Starts it, or starts it again; does not wait.
  public void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " runs already");
    }
    process = app.start();
  }

  /// Waits until it says that it is ready.
  ///
  /// @throws AssertionError if it ends; the message has its last log lines
  /// @throws ConditionTimeoutException if it does not come up
  public void awaitReady() {
    await(name + " is ready\n" + log).atMost(READY).until(this::isReadyOrEnded);
    if (!isAlive()) {
      throw new AssertionError(name + " ended\n" + process.tail());
    }
  }

  private boolean isReadyOrEnded() {
    return !isAlive() || app.isReady();
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public boolean isReady() {
    return isAlive() && app.isReady();
  }

  /// SIGTERM, and waits for the end.
  public void stop() {
    app.stop();
  }

  /// SIGKILL, and waits for the end.
  public void kill() {
    process.kill();
  }

  /// SIGSTOP.
  public void freeze() {
    process.freeze();
  }

  /// SIGCONT.
  public void thaw() {
    process.thaw();
  }

  public long pid() {
    return process.pid();
  }

  /// Its link to the database.
  public TcpProxy toPostgres() {
    return links.postgres();
  }

  /// Its link to Meta.
  public TcpProxy toMeta() {
    return links.meta();
  }

  /// Its link to auth-service; several replicas are asked in turn.
  public TcpProxy toAuthService() {
    return links.authService();
  }

  /// Its link to graph-gateway; several replicas are asked in turn.
  public TcpProxy toGraphGateway() {
    return links.graphGateway();
  }

  /// The links it uses.
  List<TcpProxy> links() {
    return switch (service) {
      case AUTH_SERVICE -> List.of(links.postgres(), links.meta());
      case GRAPH_GATEWAY -> List.of(links.postgres(), links.meta(), links.authService());
      case TOKEN_REFRESHER -> List.of(links.postgres(), links.authService(), links.graphGateway());
      case SYNC_WORKER -> List.of(links.postgres(), links.graphGateway());
      case NOTIFIER -> List.of(links.postgres());
    };
  }

  /// The sum of a metric over all its series that carry these labels; zero if there is none.
  ///
  /// @param metric as Prometheus has it, such as `tokenwarden_records_total`
  /// @param labels such as `outcome="applied"`
  public double metric(String metric, String... labels) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String metrics() {
    var request = HttpRequest.newBuilder(url().resolve("/q/metrics")).timeout(ANSWER).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException("Asking " + name + " for its metrics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Path log() {
    return log;
  }

  /// Its last log lines.
  public String tail() {
    return process == null ? "(never started)" : process.tail();
  }

  @Override
  public void close() {
    if (process != null) {
      process.thaw();
      process.kill();
    }
    links.all().forEach(TcpProxy::close);
    port.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
