package io.tokenwarden.stack;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.Schemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The variables a service is started with: where its neighbours are, and on top of that whatever
/// of the product's own variables was given.
///
/// @param given such as the variables of this process; those that are not the product's are ignored
public record ServiceEnvironment(
    LocalSecrets secrets, VaultKeyset keyset, MetaChoice meta, Map<String, String> given) {

  /// The product's own variables begin with one of these.
  private static final List<String> OURS =
      List.of("META_", "TOKENWARDEN_", "AUTH_", "REFRESHER_", "SYNC_", "GATEWAY_", "NOTIFIER_");

  /// @param port where the service is to listen
  public Map<String, String> of(ServicePlan plan, int port, Neighbours neighbours) {
    Map<String, String> all = new HashMap<>();
    all.putAll(http(port));
    all.putAll(database(plan, neighbours.postgres()));
    all.put("KAFKA_BOOTSTRAP_SERVERS", neighbours.kafka());
    all.putAll(identity(plan, neighbours.issuer()));
    all.putAll(services(neighbours));
    all.putAll(meta.addresses(neighbours.meta()));
    if (plan.service() == Service.AUTH_SERVICE) {
      all.putAll(meta.app());
      all.put("TOKENWARDEN_VAULT_KEYSET", keyset.reference());
      // who runs a stack of their own is its security-admin too
      all.put("QUARKUS_HTTP_AUTH_ROLES_MAPPING_OPERATOR", "security-admin");
    }
    if (plan.service() == Service.NOTIFIER) {
      all.put("NOTIFIER_SESSION_SECRET", secrets.session());
      all.put("NOTIFIER_LOCAL_SIGN_IN", "true");
    }
    all.putAll(asGiven());
    return all;
  }

  private static Map<String, String> http(int port) {
    return Map.of(
        "QUARKUS_HTTP_HOST", "127.0.0.1",
        "QUARKUS_HTTP_PORT", Integer.toString(port),
        "QUARKUS_PROFILE", "prod");
  }

  private Map<String, String> database(ServicePlan plan, String server) {
    var place = server + "/" + Schemas.DATABASE;
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "vertx-reactive:postgresql://" + place + "?search_path=" + plan.schema(),
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://" + place + "?currentSchema=" + plan.schema(),
        "QUARKUS_DATASOURCE_USERNAME",
        plan.schema(),
        "QUARKUS_DATASOURCE_PASSWORD",
        secrets.roles().get(plan.schema()));
  }

  /// Who may call it, and who it is when it calls others. The local issuer believes every client
  /// secret.
  private static Map<String, String> identity(ServicePlan plan, String issuer) {
    return Map.of(
        "QUARKUS_OIDC_AUTH_SERVER_URL",
        issuer,
        "QUARKUS_OIDC_CLIENT_AUTH_SERVER_URL",
        issuer,
        "QUARKUS_OIDC_CLIENT_CLIENT_ID",
        plan.id(),
        "QUARKUS_OIDC_CLIENT_CREDENTIALS_SECRET",
        "local");
  }

  private static Map<String, String> services(Neighbours neighbours) {
    return Map.of(
        "QUARKUS_REST_CLIENT_AUTH_SERVICE_URL", neighbours.authService(),
        "QUARKUS_REST_CLIENT_GRAPH_GATEWAY_URL", neighbours.graphGateway(),
        "TOKENWARDEN_PUBLIC_URL", neighbours.console(),
        "TOKENWARDEN_GATEWAY_URL", neighbours.graphGateway());
  }

  private Map<String, String> asGiven() {
    Map<String, String> all = new HashMap<>();
    given.forEach((name, value) -> {
      if (!value.isBlank() && OURS.stream().anyMatch(name::startsWith)) {
        all.put(name, value);
      }
    });
    return all;
  }
}
