package io.tokenwarden.system.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.embedded.ChildProcess;
import io.tokenwarden.embedded.Folders;
import io.tokenwarden.stack.LocalSecrets;
import io.tokenwarden.stack.Neighbours;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.Product;
import io.tokenwarden.testsupport.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// `tokenwarden up` in a folder of its own, as a process, for all tests of this JVM.
public final class RunningStack implements Product {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();
  static final Path CHECKOUT =
      Path.of(System.getProperty("tokenwarden.home", "../..")).toAbsolutePath().normalize();

  private static RunningStack shared;

  private final Path home;
  private ChildProcess up;
  private JsonNode info;

  private RunningStack(Path home) {
    this.home = home;
  }

  /// The stack of this run, started when it is first asked for.
  public static synchronized RunningStack shared() {
    if (shared == null) {
      shared = new RunningStack(makeHome());
      Runtime.getRuntime().addShutdownHook(new Thread(RunningStack::endShared));
      shared.start();
    }
    return shared;
  }

  private static void endShared() {
    shared.stop();
    try {
      Folders.delete(shared.home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The checkout's build with data of its own.
  private static Path makeHome() {
    try {
      var home = Files.createTempDirectory("tokenwarden-system-");
      for (var part :
          List.of(
              "auth-service",
              "graph-gateway",
              "token-refresher",
              "sync-worker",
              "notifier",
              "tools")) {
        Files.createSymbolicLink(home.resolve(part), CHECKOUT.resolve(part));
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void start() {
    up =
        ChildProcess.start(
            new ChildProcess.Spec(
                "up", command(List.of("up")), Map.of(), home, home.resolve("up.log")));
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .failFast(this::mustRun)
        .until(() -> Files.exists(stackFile()));
    info = readInfo();
  }

  private void mustRun() {
    if (!up.isAlive()) {
      throw new AssertionError("up ended\n" + up.tail());
    }
  }

  public void stop() {
    if (up != null) {
      up.stop(Duration.ofSeconds(40));
    }
  }

  private Path stackFile() {
    return data().resolve("stack.json");
  }

  private JsonNode readInfo() {
    try {
      return JSON.readTree(stackFile().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the stack keeps everything.
  public Path data() {
    return home.resolve(".tokenwarden");
  }

  public Path logs() {
    return data().resolve("logs");
  }

  public Path twinFolder() {
    return data().resolve("twin");
  }

  public URI console() {
    return URI.create(info.get("console").asText());
  }

  @Override
  public URI service(String name) {
    return URI.create(info.get("services").get(name).asText());
  }

  public List<String> services() {
    var names = new ArrayList<String>();
    info.get("services").fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Override
  public MetaTwin twin() {
    return MetaTwin.at(URI.create(info.get("metaTwin").asText()));
  }

  @Override
  public Bearers bearers() {
    return new Bearers(info.get("issuer").asText());
  }

  public TopicReader topics() {
    return new TopicReader(kafka());
  }

  public String kafka() {
    return info.get("kafka").asText();
  }

  /// Of the local superuser, for JDBC.
  public String databaseUrl() {
    return "jdbc:" + info.get("postgres").get("url").asText();
  }

  public String databaseUser() {
    return info.get("postgres").get("user").asText();
  }

  public String databasePassword() {
    return info.get("postgres").get("password").asText();
  }

  /// The id of the Meta app that connections are made with.
  public String metaAppId() {
    return secrets().metaAppId();
  }

  /// What the stack made up for itself.
  LocalSecrets secrets() {
    return LocalSecrets.at(data().resolve("secrets.json"));
  }

  /// Where a service of the stack finds the others.
  ///
  /// @param gateway the address that it knows of graph-gateway
  Neighbours neighbours(URI gateway) {
    return new Neighbours(
        URI.create(info.get("postgres").get("url").asText()).getAuthority(),
        kafka(),
        info.get("issuer").asText(),
        service("auth-service").toString(),
        gateway.toString(),
        info.get("metaTwin").asText(),
        console().toString());
  }

  /// The process id `stack.json` names now.
  public long pid(String process) {
    return readInfo().get("pids").get(process).asLong();
  }

  /// Runs a command of the command line on this stack.
  public Finished run(String... arguments) {
    var name = arguments[0];
    var log = home.resolve(name + "-" + System.nanoTime() + ".log");
    var process =
        ChildProcess.start(
            new ChildProcess.Spec(name, command(List.of(arguments)), Map.of(), home, log));
    if (!process.awaitExit(Duration.ofMinutes(6))) {
      process.kill();
    }
    try {
      return new Finished(process.exitCode().orElse(-1), Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came of a command.
  public record Finished(int exitCode, String output) {}

  private List<String> command(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx192m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dtokenwarden.home=" + home);
    command.add("-jar");
    command.add(CHECKOUT.resolve("tools/cli/target/tokenwarden.jar").toString());
    command.addAll(arguments);
    return command;
  }
}
