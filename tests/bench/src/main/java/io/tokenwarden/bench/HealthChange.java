package io.tokenwarden.bench;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;

/// A change of a connection's health that anybody can bring about at any time: a permission that
/// comes and goes.
final class HealthChange {
  /// Who does not answer by then is asked again.
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Fleet fleet;
  private final Client client;
  private final Somebody somebody;
  private boolean granted;

  /// Connects somebody, and returns once all services know of it.
  HealthChange(Fleet fleet) {
    this.fleet = fleet;
    this.client = new Client(fleet, ANSWER);
    this.somebody = Somebody.connected(fleet, client);
  }

  /// Brings one about, as soon as anybody takes it, and returns when these services know of it.
  void reaches(List<Service> services) {
    granted = !granted;
    Somebody.until(this::isAccepted);
    somebody.awaitKnown(services);
  }

  private boolean isAccepted() {
    var bearer = "Bearer " + fleet.bearers().ofService("token-refresher");
    var address = "/auth/internal/connections/" + somebody.connection() + "/access";
    return client
            .send(
                HttpRequest.newBuilder(fleet.service("auth-service").resolve(address))
                    .header("Authorization", bearer)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(access()))
                    .build())
            .statusCode()
        == 204;
  }

  private String access() {
    return """
    {"generation":1,"complete":false,"permissions":[
      {"permission":"ads_read","status":"granted"},
      {"permission":"pages_show_list","status":"%s"}]}
    """
        .formatted(granted ? "granted" : "declined");
  }
}
