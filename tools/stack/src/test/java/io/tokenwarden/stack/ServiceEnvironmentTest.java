package io.tokenwarden.stack;

import static io.tokenwarden.contracts.Service.AUTH_SERVICE;
import static io.tokenwarden.contracts.Service.GRAPH_GATEWAY;
import static io.tokenwarden.contracts.Service.NOTIFIER;
import static io.tokenwarden.contracts.Service.SYNC_WORKER;
import static io.tokenwarden.contracts.Service.TOKEN_REFRESHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.Service;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {

  private static final LocalSecrets SECRETS =
      new LocalSecrets(
          "123",
          "app secret",
          "superuser",
          Map.of(
              "auth",
              "a",
              "gateway",
              "g",
              "refresher",
              "r",
              "sync",
              "the-sync-password",
              "notifier",
              "n"),
          "session");

  private static final PortPlan PORTS =
      new PortPlan(
          8080,
          Map.of(
              AUTH_SERVICE, 8081,
              GRAPH_GATEWAY, 8082,
              TOKEN_REFRESHER, 8083,
              SYNC_WORKER, 8084,
              NOTIFIER, 8085),
          8090,
          8091,
          19092,
          15432);

  @Test
  void tellsAServiceWhereItsNeighboursAre() {
    // when
    var sync = environment(SYNC_WORKER, Map.of());

    // then
    assertThat(sync)
        .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
        .containsEntry("QUARKUS_HTTP_PORT", "8084")
        .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "localhost:19092")
        .containsEntry(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "vertx-reactive:postgresql://localhost:15432/tokenwarden?search_path=sync")
        .containsEntry(
            "QUARKUS_DATASOURCE_JDBC_URL",
            "jdbc:postgresql://localhost:15432/tokenwarden?currentSchema=sync")
        .containsEntry("QUARKUS_DATASOURCE_USERNAME", "sync")
        .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "the-sync-password")
        .containsEntry("QUARKUS_OIDC_AUTH_SERVER_URL", "http://localhost:8090/tokenwarden")
        .containsEntry("QUARKUS_OIDC_CLIENT_CLIENT_ID", "sync-worker")
        .containsEntry("QUARKUS_REST_CLIENT_GRAPH_GATEWAY_URL", "http://localhost:8082")
        .containsEntry("TOKENWARDEN_PUBLIC_URL", "http://localhost:8080");
  }

  @Test
  void letsAServiceHaveNeighboursOfItsOwn() {
    // given
    var detours =
        new Neighbours(
            "localhost:1",
            "localhost:2",
            "http://localhost:3/tokenwarden",
            "http://localhost:4",
            "http://localhost:5",
            "http://localhost:6",
            "http://localhost:7");

    // when
    var gateway = environment(GRAPH_GATEWAY, Map.of(), 9999, detours);

    // then
    assertThat(gateway)
        .containsEntry("QUARKUS_HTTP_PORT", "9999")
        .containsEntry(
            "QUARKUS_DATASOURCE_JDBC_URL",
            "jdbc:postgresql://localhost:1/tokenwarden?currentSchema=gateway")
        .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "localhost:2")
        .containsEntry("QUARKUS_OIDC_AUTH_SERVER_URL", "http://localhost:3/tokenwarden")
        .containsEntry("QUARKUS_REST_CLIENT_AUTH_SERVICE_URL", "http://localhost:4")
        .containsEntry("TOKENWARDEN_GATEWAY_URL", "http://localhost:5")
        .containsEntry("META_GRAPH_URL", "http://localhost:6")
        .containsEntry("TOKENWARDEN_PUBLIC_URL", "http://localhost:7");
  }

  @Test
  void givesTheAppSecretAndTheKeyToAuthServiceAlone() {
    // when
    var auth = environment(AUTH_SERVICE, Map.of());

    // then
    assertThat(auth)
        .containsEntry("META_APP_SECRET", "app secret")
        .containsEntry("TOKENWARDEN_VAULT_KEYSET", "file:/data/keyset.json");
    for (var service : Service.values()) {
      if (service != AUTH_SERVICE) {
        assertThat(environment(service, Map.of()))
            .doesNotContainKeys("META_APP_SECRET", "TOKENWARDEN_VAULT_KEYSET");
      }
    }
  }

  @Test
  void letsAnOperatorBeTheSecurityAdminOfALocalStack() {
    assertThat(environment(AUTH_SERVICE, Map.of()))
        .containsEntry("QUARKUS_HTTP_AUTH_ROLES_MAPPING_OPERATOR", "security-admin");
    assertThat(environment(SYNC_WORKER, Map.of()))
        .doesNotContainKey("QUARKUS_HTTP_AUTH_ROLES_MAPPING_OPERATOR");
  }

  @Test
  void sendsMetaCallsToTheTwin() {
    // when
    var gateway = environment(GRAPH_GATEWAY, Map.of());

    // then
    assertThat(gateway)
        .containsEntry("META_GRAPH_URL", "http://localhost:8091")
        .containsEntry("META_DIALOG_URL", "http://localhost:8091");
  }

  @Test
  void passesOnEveryVariableOfTheProduct() {
    // given
    var given =
        Map.of(
            "SYNC_EVERY", "30s",
            "AUTH_HANDOFF_TTL", "1m",
            "META_GRAPH_VERSION", "v26.0",
            "GATEWAY_THROTTLE_AT", "0.5",
            "NOTIFIER_LOCALE", "de",
            "REFRESHER_WINDOW", "3d",
            "TOKENWARDEN_PUBLIC_URL", "https://example.test",
            "SYNC_HISTORY", "",
            "QUARKUS_HTTP_PORT", "1");

    // when
    var sync = environment(SYNC_WORKER, given);

    // then
    assertThat(sync)
        .containsEntry("SYNC_EVERY", "30s")
        .containsEntry("AUTH_HANDOFF_TTL", "1m")
        .containsEntry("META_GRAPH_VERSION", "v26.0")
        .containsEntry("GATEWAY_THROTTLE_AT", "0.5")
        .containsEntry("NOTIFIER_LOCALE", "de")
        .containsEntry("REFRESHER_WINDOW", "3d")
        .containsEntry("TOKENWARDEN_PUBLIC_URL", "https://example.test")
        .containsEntry("QUARKUS_HTTP_PORT", "8084")
        .doesNotContainKey("SYNC_HISTORY");
  }

  private static Map<String, String> environment(Service service, Map<String, String> given) {
    return environment(service, given, PORTS.services().get(service), PORTS.neighbours());
  }

  private static Map<String, String> environment(
      Service service, Map<String, String> given, int port, Neighbours neighbours) {
    return new ServiceEnvironment(
            SECRETS,
            new VaultKeyset(Path.of("/data/keyset.json")),
            MetaChoice.of(given, SECRETS),
            given)
        .of(ServicePlan.of(service), port, neighbours);
  }
}
