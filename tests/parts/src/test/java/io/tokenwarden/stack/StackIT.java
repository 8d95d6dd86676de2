package io.tokenwarden.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TopicSpec;
import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.embedded.Parts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real database, broker and issuer; the services are played by [FakeService], since this is
/// about the stack and not about them.
class StackIT {

  @TempDir Path home;

  private StackSettings settings;

  @BeforeEach
  void makeACheckout() throws IOException {
    var tools = Files.createDirectories(home.resolve("with space/tools"));
    home = home.resolve("with space");
    Files.createSymbolicLink(tools.resolve("parts"), Parts.here().home().resolve("tools/parts"));
    for (var service : Service.values()) {
      packFakeService(home.resolve(service.id()));
    }
    packFakeService(tools.resolve("meta-twin"));
    settings = settings(Map.of("SYNC_EVERY", "30s"));
  }

  @Test
  void bringsEverythingUpAndTakesItDown() throws Exception {
    // when
    var stack = Stack.start(settings, StackListener.silent());

    // then
    var info = settings.folder().running().orElseThrow();
    assertThat(info).isEqualTo(stack.info());
    assertThat(info.pids().keySet())
        .containsExactlyInAnyOrder(
            "postgres",
            "kafka",
            "issuer",
            "meta-twin",
            "auth-service",
            "graph-gateway",
            "token-refresher",
            "sync-worker",
            "notifier");
    assertThat(info.pids().values()).allMatch(StackIT::runs);
    assertThat(get(info.service("sync-worker") + "/env/SYNC_EVERY")).isEqualTo("30s");
    assertThat(get(info.console() + "/auth/env")).isEmpty();
    assertThat(new Bearers(info.issuer()).of("me", List.of("viewer"), List.of("demo")))
        .contains(".");
    assertThat(schemas(info)).contains("auth", "gateway", "refresher", "sync", "notifier");
    assertThat(topics(info)).containsAll(TopicSpec.all().stream().map(TopicSpec::name).toList());

    // when
    stack.close();

    // then
    assertThat(settings.folder().running()).isEmpty();
    assertThat(home.resolve(".tokenwarden/stack.json")).doesNotExist();
    assertThat(info.pids().values()).noneMatch(StackIT::runs);
  }

  @Test
  void startsAgainWhatDiesAndSaysTheNewProcess() throws Exception {
    try (var stack = Stack.start(settings, StackListener.silent())) {
      for (var victim : List.of("notifier", "postgres", "kafka", "issuer")) {
        // given
        long before = stack.info().pids().get(victim);

        // when
        ProcessHandle.of(before).orElseThrow().destroyForcibly();

        // then
        await(() -> settings.folder().running().orElseThrow().pids().get(victim) != before);
        long after = settings.folder().running().orElseThrow().pids().get(victim);
        assertThat(runs(after)).isTrue();
      }
      assertThat(schemas(stack.info())).contains("auth");
    }
  }

  @Test
  void givesTheFolderToOneStackAtATime() {
    try (var _ = Stack.start(settings, StackListener.silent())) {
      assertThatThrownBy(() -> Stack.start(settings, StackListener.silent()))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("already runs");
      assertThat(settings.folder().empty()).isFalse();
    }
    assertThat(settings.folder().empty()).isTrue();
    assertThat(settings.folder().path()).doesNotExist();
  }

  @Test
  void keepsKeysAndDataThroughARestart() throws Exception {
    // given
    StackInfo before;
    try (var stack = Stack.start(settings, StackListener.silent())) {
      before = stack.info();
      execute(before, "create table sync.kept (id int)");
    }
    var keyset = Files.readString(home.resolve(".tokenwarden/keyset.json"));

    // when
    try (var stack = Stack.start(settings, StackListener.silent())) {

      // then
      execute(stack.info(), "select * from sync.kept");
      assertThat(Files.readString(home.resolve(".tokenwarden/keyset.json"))).isEqualTo(keyset);
      assertThat(stack.info().postgres().password()).isEqualTo(before.postgres().password());
    }
  }

  @Test
  void startsNoTwinWhenAnotherMetaIsGiven() throws Exception {
    // given
    var other =
        settings(
            Map.of(
                "META_GRAPH_URL", "http://localhost:1", "META_DIALOG_URL", "http://localhost:2"));

    // when
    try (var stack = Stack.start(other, StackListener.silent())) {

      // then
      assertThat(stack.info().metaTwin()).isNull();
      assertThat(stack.info().pids()).doesNotContainKey("meta-twin");
      assertThat(get(stack.info().service("graph-gateway") + "/env/META_GRAPH_URL"))
          .isEqualTo("http://localhost:1");
    }
  }

  @Test
  void saysWhatIsNotBuiltAndStartsNothing() throws IOException {
    // given
    Files.delete(home.resolve("notifier/target/quarkus-app/quarkus-run.jar"));

    // when / then
    assertThatThrownBy(() -> Stack.start(settings, StackListener.silent()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("notifier");
    assertThat(settings.folder().empty()).isTrue();
  }

  @Test
  void stopsEverythingWhenOneServiceDoesNotComeUp() throws IOException {
    // given
    Files.writeString(home.resolve("notifier/target/quarkus-app/quarkus-run.jar"), "no jar");
    List<Long> pids = new ArrayList<>();
    var listener = new PidCollector(pids);

    // when / then
    assertThatThrownBy(() -> Stack.start(settings, listener))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("notifier does not come up")
        .hasMessageContaining("jar");
    assertThat(pids).hasSizeGreaterThan(4).noneMatch(StackIT::runs);
  }

  private record PidCollector(List<Long> pids) implements StackListener {
    @Override
    public void said(String message) {}

    @Override
    public void changed(PartStatus status) {
      status.pid().ifPresent(pids::add);
    }

    @Override
    public void ready(StackInfo info) {}
  }

  private StackSettings settings(Map<String, String> environment) {
    return new StackSettings(home, StackFolder.of(home), environment, false);
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static List<String> schemas(StackInfo info) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var connection = connect(info);
        var answer =
            connection
                .createStatement()
                .executeQuery("select schema_name from information_schema.schemata")) {
      while (answer.next()) {
        names.add(answer.getString(1));
      }
    }
    return names;
  }

  private static void execute(StackInfo info, String sql) throws SQLException {
    try (var connection = connect(info)) {
      connection.createStatement().execute(sql);
    }
  }

  private static Connection connect(StackInfo info) throws SQLException {
    var postgres = info.postgres();
    return DriverManager.getConnection(
        "jdbc:" + postgres.url(), postgres.user(), postgres.password());
  }

  private static Set<String> topics(StackInfo info) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", info.kafka()))) {
      return admin.listTopics().names().get();
    }
  }

  private static void packFakeService(Path module) throws IOException {
    FakeService.pack(module.resolve("target/quarkus-app/quarkus-run.jar"));
  }
}
