package io.tokenwarden.testsupport.fleet;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.embedded.Folders;
import io.tokenwarden.embedded.IssuerSettings;
import io.tokenwarden.embedded.JvmEnd;
import io.tokenwarden.embedded.KafkaBroker;
import io.tokenwarden.embedded.KafkaSettings;
import io.tokenwarden.embedded.LocalIssuer;
import io.tokenwarden.embedded.Parts;
import io.tokenwarden.embedded.Password;
import io.tokenwarden.embedded.Postgres;
import io.tokenwarden.embedded.PostgresSettings;
import io.tokenwarden.embedded.ReservedPort;
import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.embedded.Topics;
import io.tokenwarden.stack.LocalSecrets;
import io.tokenwarden.stack.MetaChoice;
import io.tokenwarden.stack.Neighbours;
import io.tokenwarden.stack.ServiceEnvironment;
import io.tokenwarden.stack.ServicePlan;
import io.tokenwarden.stack.VaultKeyset;
import io.tokenwarden.stack.edge.Edge;
import io.tokenwarden.stack.edge.Routes;
import io.tokenwarden.testsupport.MetaTwin;
import io.tokenwarden.testsupport.Product;
import io.tokenwarden.testsupport.TopicReader;
import io.tokenwarden.testsupport.link.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The whole product, every process a child of this JVM. PostgreSQL keeps what it has committed
/// through a kill (`fsync` on); so does the broker.
///
/// Services reach each other, the database, the broker and Meta through links alone. The test
/// itself goes past them: [#database], [#topics] and [#twin] stay true while everything else burns.
/// People and callers from outside come in by [#service], which passes them on to the replicas in
/// turn.
public final class Fleet implements Product, AutoCloseable {
  private static final int AT_ONCE = Runtime.getRuntime().availableProcessors() + 1;

  private static Fleet shared;

  private final FleetPlan plan;
  private final Path folder;
  private final LocalSecrets secrets;
  private final VaultKeyset keyset;
  private final ReservedPort postgresPort = ReservedPort.any();
  private final ReservedPort kafkaPort = ReservedPort.any();
  private final ReservedPort kafkaDetour = ReservedPort.any();
  private final ReservedPort edgePort = ReservedPort.any();
  private final TcpProxy toKafka;
  private final Map<Service, List<ReservedPort>> ports = new EnumMap<>(Service.class);
  private final Map<Service, TcpProxy> doors = new EnumMap<>(Service.class);
  private final Map<Service, List<Replica>> replicas = new EnumMap<>(Service.class);
  private Postgres postgres;
  private Database database;
  private KafkaBroker kafka;
  private LocalIssuer issuer;
  private MetaTwin twin;
  private Edge edge;
  private boolean kept;
  private boolean closed;

  private Fleet(FleetPlan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
    this.secrets = LocalSecrets.at(folder.resolve("secrets.json"));
    this.keyset = new VaultKeyset(folder.resolve("keyset.json"));
    this.toKafka = TcpProxy.to("everybody → kafka", kafkaDetour.number());
    plan.replicas().forEach(this::reserve);
  }

  private void reserve(Service service, int count) {
    var reserved = Stream.generate(ReservedPort::any).limit(count).toList();
    ports.put(service, reserved);
    doors.put(service, TcpProxy.to("anybody → " + service.id(), numbers(service)));
  }

  private List<Integer> numbers(Service service) {
    return ports.get(service).stream().map(ReservedPort::number).toList();
  }

  /// Starts everything and returns when it is ready.
  ///
  /// @throws AssertionError if a process does not come up; the folder with the logs is kept then
  public static Fleet start(FleetPlan plan) {
    var fleet = new Fleet(plan, temporaryFolder());
    JvmEnd.runs(fleet::close);
    try {
      fleet.bringUp();
      return fleet;
    } catch (RuntimeException | AssertionError e) {
      fleet.keep();
      fleet.close();
      throw e;
    }
  }

  /// The fleet of this JVM, one replica of each service, started when first asked for. Whoever uses
  /// it leaves it [healed][#heal].
  public static synchronized Fleet shared() {
    if (shared == null || shared.closed) {
      shared = start(FleetPlan.single());
    }
    return shared;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("tokenwarden-fleet-");
    } catch (IOException e) {
      throw new UncheckedIOException("Making a folder for a fleet", e);
    }
  }

  private void bringUp() {
    keyset.ensure();
    all(List.of(this::startPostgres, this::startKafka, this::startIssuer, this::startTwin));
    edge = Edge.start(edgePort.number(), routes());
    plan.replicas().keySet().forEach(service -> replicas.put(service, replicasOf(service)));
    all(plan.replicas().keySet().stream().<Runnable>map(it -> replica(it)::rehearse).toList());
    all(replicas().stream().<Runnable>map(replica -> () -> start(replica)).toList());
  }

  private static void start(Replica replica) {
    replica.start();
    replica.awaitReady();
  }

  /// Side by side, but no more at once than the machine has room for: the start of a process is
  /// given a time, and ten that start together each take ten times as long. The first failure
  /// counts.
  private static void all(List<Runnable> works) {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      works.stream()
          .map(work -> CompletableFuture.runAsync(work, threads))
          .toList()
          .forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private void startPostgres() {
    postgres =
        Postgres.start(
            new PostgresSettings(
                folder.resolve("postgres"),
                Parts.here().cache(),
                postgresPort.number(),
                new Password(secrets.superuser()),
                log("postgres")));
    Schemas.create(postgres.address(), secrets.rolePasswords());
    database = Database.at(postgres.address());
  }

  private void startKafka() {
    var detour = new KafkaSettings.Detour(kafkaDetour.number(), toKafka.port());
    kafka =
        KafkaBroker.start(
            new KafkaSettings(
                folder.resolve("kafka"), kafkaPort.number(), log("kafka"), Optional.of(detour)));
    Topics.createAll(kafka.bootstrapServers());
  }

  private void startIssuer() {
    issuer = LocalIssuer.start(new IssuerSettings(folder.resolve("issuer"), 0, log("issuer")));
  }

  private void startTwin() {
    twin = MetaTwin.start(folder.resolve("twin"));
  }

  private Routes routes() {
    return new Routes(
        door(Service.AUTH_SERVICE).port(),
        door(Service.TOKEN_REFRESHER).port(),
        door(Service.SYNC_WORKER).port(),
        door(Service.NOTIFIER).port(),
        door(Service.GRAPH_GATEWAY).port());
  }

  private List<Replica> replicasOf(Service service) {
    List<Replica> made = new ArrayList<>();
    for (var port : ports.get(service)) {
      made.add(replica(ServicePlan.of(service), port, service.id() + "-" + (made.size() + 1)));
    }
    return List.copyOf(made);
  }

  private Replica replica(ServicePlan service, ReservedPort port, String name) {
    var links =
        new Replica.Links(
            TcpProxy.to(name + " → postgres", postgres.port()),
            TcpProxy.to(name + " → Meta", twin.url().getPort()),
            TcpProxy.to(name + " → auth-service", numbers(Service.AUTH_SERVICE)),
            TcpProxy.to(name + " → graph-gateway", numbers(Service.GRAPH_GATEWAY)));
    var jar =
        Parts.here().home().resolve(service.id()).resolve("target/quarkus-app/quarkus-run.jar");
    return new Replica(
        service.service(),
        name,
        port,
        links,
        jar,
        service.heap(),
        environment(service, port, links),
        log(name));
  }

  private Map<String, String> environment(
      ServicePlan service, ReservedPort port, Replica.Links links) {
    var meta = new MetaChoice.Twin(MetaTwin.APP_ID, twin.appSecret());
    var given = new ServiceEnvironment(secrets, keyset, meta, Map.of());
    var environment = new HashMap<>(given.of(service, port.number(), neighbours(links)));
    environment.put("META_DIALOG_URL", twin.url().toString());
    environment.putAll(plan.environment(service.service()));
    return environment;
  }

  private Neighbours neighbours(Replica.Links links) {
    return new Neighbours(
        links.postgres().address(),
        toKafka.address(),
        issuer.url(),
        "http://" + links.authService().address(),
        "http://" + links.graphGateway().address(),
        "http://" + links.meta().address(),
        "http://localhost:" + edgePort.number());
  }

  private Path log(String process) {
    return folder.resolve("logs").resolve(process + ".log");
  }

  /// All processes of the five services.
  public List<Replica> replicas() {
    return replicas.values().stream().flatMap(List::stream).toList();
  }

  public List<Replica> replicas(Service service) {
    return replicas.get(service);
  }

  /// The first replica of a service.
  public Replica replica(Service service) {
    return replicas.get(service).getFirst();
  }

  public Postgres postgres() {
    return postgres;
  }

  public KafkaBroker kafka() {
    return kafka;
  }

  /// The link all services reach the broker by.
  public TcpProxy toKafka() {
    return toKafka;
  }

  /// The link by which callers from outside reach the replicas of a service in turn.
  public TcpProxy door(Service service) {
    return doors.get(service);
  }

  /// Every link that is used, always in the same order.
  public List<TcpProxy> links() {
    return Stream.concat(
            Stream.concat(Stream.of(toKafka), doors.values().stream()),
            replicas().stream().flatMap(replica -> replica.links().stream()))
        .toList();
  }

  public Database database() {
    return database;
  }

  /// Reads past all links.
  public TopicReader topics() {
    return new TopicReader(kafka.bootstrapServers());
  }

  @Override
  public URI service(String name) {
    return URI.create("http://" + door(Service.of(name)).address());
  }

  /// The same product to callers and browsers who always get to this replica of its service.
  public Product by(Replica replica) {
    return new OneReplica(this, replica);
  }

  /// The common origin of console and services.
  public URI console() {
    return URI.create("http://localhost:" + edgePort.number());
  }

  @Override
  public MetaTwin twin() {
    return twin;
  }

  @Override
  public Bearers bearers() {
    return issuer.bearers();
  }

  /// The value a service was started with.
  public Optional<String> variable(Service service, String name) {
    return Optional.ofNullable(plan.environment(service).get(name));
  }

  /// Ends every harm: links pass on, what was frozen goes on, what was killed is started again, and
  /// Meta has a good day. Returns when all services are ready.
  public void heal() {
    links().forEach(TcpProxy::heal);
    postgres.process().thaw();
    kafka.process().thaw();
    replicas().stream().filter(Replica::isAlive).forEach(Replica::thaw);
    all(
        List.of(
            () -> restartIfDead(postgres.process().isAlive(), postgres::restart),
            () -> restartIfDead(kafka.process().isAlive(), kafka::restart)));
    twin.clearFaults();
    all(
        replicas().stream()
            .filter(replica -> !replica.isAlive())
            .<Runnable>map(replica -> () -> start(replica))
            .toList());
    replicas().forEach(Replica::awaitReady);
  }

  private static void restartIfDead(boolean alive, Runnable restart) {
    if (!alive) {
      restart.run();
    }
  }

  /// Where all data and logs lie.
  public Path folder() {
    return folder;
  }

  /// Leaves data and logs where they are when the fleet ends.
  ///
  /// @return where that is
  public Path keep() {
    kept = true;
    return folder;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    replicas().forEach(Replica::close);
    ifStarted(edge, Edge::close);
    ifStarted(twin, MetaTwin::close);
    ifStarted(issuer, LocalIssuer::kill);
    ifStarted(kafka, broker -> end(broker.process()::thaw, broker::kill));
    ifStarted(postgres, server -> end(server.process()::thaw, server::stop));
    doors.values().forEach(TcpProxy::close);
    toKafka.close();
    List.of(postgresPort, kafkaPort, kafkaDetour, edgePort).forEach(ReservedPort::close);
    deleteUnlessKept();
  }

  private static <T> void ifStarted(T part, Consumer<T> end) {
    if (part != null) {
      end.accept(part);
    }
  }

  private static void end(Runnable thaw, Runnable end) {
    thaw.run();
    end.run();
  }

  private void deleteUnlessKept() {
    if (kept) {
      System.err.println("The fleet's data and logs are kept: " + folder);
      return;
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Deleting " + folder, e);
    }
  }
}
