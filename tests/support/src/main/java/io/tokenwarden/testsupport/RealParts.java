package io.tokenwarden.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tokenwarden.contracts.Service;
import io.tokenwarden.contracts.TopicSpec;
import io.tokenwarden.embedded.Password;
import io.tokenwarden.embedded.Schemas;
import io.tokenwarden.embedded.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a Quarkus test a real database and broker, and an issuer if it asks for one. The service
/// under test gets its schema and role, and the topics it writes and reads, its dead-letter and
/// retry topic included.
///
/// ```java
/// @QuarkusTest
/// @QuarkusTestResource(
///     value = RealParts.class,
///     initArgs = {
///       @ResourceArg(name = RealParts.SERVICE, value = "sync-worker"),
///       @ResourceArg(name = RealParts.ISSUER, value = "true")
///     })
/// ```
///
/// | argument | |
/// |---|---|
/// | `service` | whose schema and topics; default none |
/// | `schema` | schema and role, instead of the service's |
/// | `topics` | names by comma, instead of the service's; `*` for the whole table |
/// | `issuer` | `true`: OIDC is configured against a real issuer, see [SharedParts#bearers] |
///
/// The servers start once per JVM and outlive the test class; [SharedParts] tells where they are.
public final class RealParts implements QuarkusTestResourceLifecycleManager {

  public static final String SERVICE = "service";
  public static final String SCHEMA = "schema";
  public static final String TOPICS = "topics";
  public static final String ISSUER = "issuer";

  /// Of every role; the server lives on loopback and for one test run.
  private static final Password PASSWORD = new Password("test");

  private Optional<String> schema = Optional.empty();
  private Collection<String> topics = List.of();
  private boolean issuer;

  @Override
  public void init(Map<String, String> arguments) {
    var service = Optional.ofNullable(arguments.get(SERVICE)).map(Service::of);
    schema = Optional.ofNullable(arguments.get(SCHEMA)).or(() -> service.map(RealParts::schemaOf));
    topics =
        Optional.ofNullable(arguments.get(TOPICS))
            .map(RealParts::named)
            .or(() -> service.map(RealParts::topicsOf))
            .orElse(List.of());
    issuer = Boolean.parseBoolean(arguments.getOrDefault(ISSUER, "false"));
  }

  private static String schemaOf(Service service) {
    return switch (service) {
      case AUTH_SERVICE -> "auth";
      case GRAPH_GATEWAY -> "gateway";
      case TOKEN_REFRESHER -> "refresher";
      case SYNC_WORKER -> "sync";
      case NOTIFIER -> "notifier";
    };
  }

  private static Collection<String> named(String names) {
    return names.equals("*")
        ? TopicSpec.all().stream().map(TopicSpec::name).toList()
        : List.of(names.split("\\s*,\\s*"));
  }

  private static Collection<String> topicsOf(Service service) {
    return TopicSpec.all().stream()
        .filter(topic -> topic.producers().contains(service) || topic.consumers().contains(service))
        .map(TopicSpec::name)
        .toList();
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>();
    schema.ifPresent(name -> config.putAll(database(name)));
    if (!topics.isEmpty()) {
      config.putAll(broker());
    }
    if (issuer) {
      config.putAll(oidc());
    }
    return config;
  }

  private Map<String, String> database(String role) {
    var postgres = SharedParts.postgres();
    Schemas.create(postgres, Map.of(role, PASSWORD));
    var place = "127.0.0.1:" + postgres.port() + "/" + Schemas.DATABASE;
    return Map.of(
        "quarkus.datasource.reactive.url",
        "vertx-reactive:postgresql://" + place + "?search_path=" + role,
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://" + place + "?currentSchema=" + role,
        "quarkus.datasource.username",
        role,
        "quarkus.datasource.password",
        PASSWORD.reveal());
  }

  private Map<String, String> broker() {
    var bootstrap = SharedParts.kafka();
    Topics.create(bootstrap, topics);
    return Map.of("kafka.bootstrap.servers", bootstrap);
  }

  private static Map<String, String> oidc() {
    var url = SharedParts.issuer();
    return Map.of("quarkus.oidc.auth-server-url", url, "quarkus.oidc-client.auth-server-url", url);
  }

  /// Nothing: other test classes use the servers, and they end with the JVM.
  @Override
  public void stop() {}
}
