package io.tokenwarden.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/// One Kafka broker as a child process, controller included, listening on 127.0.0.1 in plain text
/// only. Topics are never created by using them; a consumer may ask to be missed after one second.
/// Records survive `kill -9` of the broker, as what it has acknowledged is with the operating
/// system.
public final class KafkaBroker implements AutoCloseable {

  private static final String CONFIG = "server.properties";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;

  private final KafkaSettings settings;
  private final String classpath;
  private int port;
  private String clusterId;
  private volatile ChildProcess process;

  private KafkaBroker(KafkaSettings settings, String classpath) {
    this.settings = settings;
    this.classpath = classpath;
    this.port = settings.port() == 0 ? Ports.free() : settings.port();
  }

  /// Starts the broker and returns once it answers.
  ///
  /// @throws IllegalStateException if it does not come up; the message ends with its last log lines
  public static KafkaBroker start(KafkaSettings settings) {
    return start(Parts.here(), settings);
  }

  public static KafkaBroker start(Parts parts, KafkaSettings settings) {
    var broker = new KafkaBroker(settings, parts.kafkaClasspath());
    broker.launch();
    return broker;
  }

  /// Starts it again on the same data folder and port, after [#stop] or [#kill].
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("Kafka still runs: " + process);
    }
    launch();
  }

  private void launch() {
    for (int attempt = 1; ; attempt++) {
      writeConfig();
      clusterId = format();
      process = java("kafka", "kafka.Kafka", List.of(config().toString()));
      try {
        awaitReady(PATIENCE);
        return;
      } catch (IllegalStateException e) {
        process.kill();
        if (attempt == ATTEMPTS || settings.port() != 0 || !e.getMessage().contains("bind")) {
          throw e;
        }
        port = Ports.free();
      }
    }
  }

  private void writeConfig() {
    try {
      Files.createDirectories(settings.data());
      try (var file = Files.newBufferedWriter(config())) {
        properties(Ports.free()).store(file, "Written anew at every start");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing " + config(), e);
    }
  }

  private Path config() {
    return settings.data().resolve(CONFIG);
  }

  private Properties properties(int controllerPort) {
    var all = new Properties();
    all.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "listeners", listeners(controllerPort),
            "advertised.listeners", advertisedListeners(),
            "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,DETOUR:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "PLAINTEXT",
            "log.dirs", settings.data().resolve("log").toString(),
            "auto.create.topics.enable", "false"));
    all.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000"));
    // a broker that was killed is let in again when its last session is over; the default is 9 s
    all.putAll(Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500"));
    all.putAll(
        Map.of(
            "num.network.threads", "2",
            "num.io.threads", "2",
            "log.cleaner.dedupe.buffer.size", "2097152",
            "log.index.size.max.bytes", "1048576"));
    return all;
  }

  private String listeners(int controllerPort) {
    var detour = settings.detour().map(other -> ",DETOUR://127.0.0.1:" + other.port()).orElse("");
    return "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort + detour;
  }

  private String advertisedListeners() {
    var detour =
        settings.detour().map(other -> ",DETOUR://127.0.0.1:" + other.advertised()).orElse("");
    return "PLAINTEXT://127.0.0.1:" + port + detour;
  }

  /// Gives the data folder its cluster id once.
  private String format() {
    var stamp = settings.data().resolve("log/meta.properties");
    if (!Files.exists(stamp)) {
      var id = Uuid.randomUuid().toString();
      var arguments = List.of("format", "-t", id, "-c", config().toString(), "--ignore-formatted");
      var tool = java("kafka-format", "kafka.tools.StorageTool", arguments);
      if (!tool.awaitExit(PATIENCE) || tool.exitCode().orElse(-1) != 0) {
        tool.kill();
        throw new IllegalStateException(
            "Formatting " + settings.data() + " failed\n" + tool.tail());
      }
    }
    return clusterId(stamp);
  }

  private static String clusterId(Path stamp) {
    var properties = new Properties();
    try (var file = Files.newBufferedReader(stamp)) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + stamp, e);
    }
    return properties.getProperty("cluster.id");
  }

  private ChildProcess java(String name, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Programs.java());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-cp",
            classpath,
            main));
    command.addAll(arguments);
    return ChildProcess.start(
        new ChildProcess.Spec(name, command, Map.of(), settings.data(), settings.log()));
  }

  /// Waits until it answers, and makes sure that it is this broker that does.
  ///
  /// @throws IllegalStateException if it ends or does not answer in time, or if another broker
  ///   answers on its port
  public void awaitReady(Duration patience) {
    try (var admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, "50",
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "200"))) {
      if (!Wait.upTo(patience).until(() -> answers(admin))) {
        throw new IllegalStateException(
            "Kafka does not answer on port " + port + "\n" + process.tail());
      }
    }
  }

  private boolean answers(Admin admin) {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "Kafka ended while starting on port " + port + "\n" + process.tail());
    }
    try {
      var cluster = admin.describeCluster();
      var id = cluster.clusterId().get(2, TimeUnit.SECONDS);
      if (!clusterId.equals(id)) {
        throw new IllegalStateException("Another Kafka answers on port " + port + ": " + id);
      }
      return !cluster.nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// What clients connect to, as `host:port`.
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
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

  /// Ends it with everything written.
  public void stop() {
    process.stop(Duration.ofSeconds(15));
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
