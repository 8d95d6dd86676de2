package io.tokenwarden.stack;

import io.tokenwarden.contracts.Service;
import java.util.List;
import java.util.stream.Stream;

/// What the stack knows of a service: where it likes to listen, which schema is its own and how
/// much heap it gets.
///
/// @param port preferred
/// @param schema also the database role
public record ServicePlan(Service service, int port, String schema, String heap) {

  /// In the order they are shown.
  public static List<ServicePlan> all() {
    return Stream.of(Service.values()).map(ServicePlan::of).toList();
  }

  public static ServicePlan of(Service service) {
    return switch (service) {
      case AUTH_SERVICE -> new ServicePlan(service, 8081, "auth", "128m");
      case GRAPH_GATEWAY -> new ServicePlan(service, 8082, "gateway", "128m");
      case TOKEN_REFRESHER -> new ServicePlan(service, 8083, "refresher", "112m");
      case SYNC_WORKER -> new ServicePlan(service, 8084, "sync", "128m");
      case NOTIFIER -> new ServicePlan(service, 8085, "notifier", "112m");
    };
  }

  public String id() {
    return service.id();
  }
}
