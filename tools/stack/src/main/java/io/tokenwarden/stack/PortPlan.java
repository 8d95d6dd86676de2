package io.tokenwarden.stack;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.embedded.LocalIssuer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where everything listens.
record PortPlan(
    int edge, Map<Service, Integer> services, int issuer, int twin, int kafka, int postgres) {

  private static final int EDGE = 8080;
  private static final int ISSUER = 8090;
  private static final int TWIN = 8091;
  private static final int KAFKA = 19092;
  private static final int POSTGRES = 15432;

  /// @param usual whether the documented ports are preferred, rather than any free ones
  static PortPlan choose(PortChoice choice, boolean usual) {
    Map<Service, Integer> services = new LinkedHashMap<>();
    int edge = choice.choose("the console", usual ? EDGE : 0);
    for (var plan : ServicePlan.all()) {
      services.put(plan.service(), choice.choose(plan.id(), usual ? plan.port() : 0));
    }
    return new PortPlan(
        edge,
        services,
        choice.choose("the issuer", usual ? ISSUER : 0),
        choice.choose("the Meta twin", usual ? TWIN : 0),
        choice.choose("Kafka", usual ? KAFKA : 0),
        choice.choose("PostgreSQL", usual ? POSTGRES : 0));
  }

  String console() {
    return "http://localhost:" + edge;
  }

  String address(Service service) {
    return "http://localhost:" + services.get(service);
  }

  String issuerAddress() {
    return LocalIssuer.url(issuer);
  }

  String twinAddress() {
    return "http://localhost:" + twin;
  }

  String kafkaAddress() {
    return "localhost:" + kafka;
  }

  /// Everybody finds everybody directly.
  Neighbours neighbours() {
    return new Neighbours(
        "localhost:" + postgres,
        kafkaAddress(),
        issuerAddress(),
        address(Service.AUTH_SERVICE),
        address(Service.GRAPH_GATEWAY),
        twinAddress(),
        console());
  }
}
