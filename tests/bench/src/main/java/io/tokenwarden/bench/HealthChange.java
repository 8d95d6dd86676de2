package io.tokenwarden.bench;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A change of a connection's health that anybody can bring about at any time: a permission that
/// comes and goes.
final class HealthChange {
  private static final long PAUSE_NANOS = 2_000_000;

  /// Who does not answer by then is asked again.
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Fleet fleet;
  private final Client client;
  private final UUID connection;
  private boolean granted;

  /// Connects somebody, and returns once all services know of it.
  HealthChange(Fleet fleet) {
    this.fleet = fleet;
    this.client = new Client(fleet, ANSWER);
    this.connection = UUID.fromString(client.connect(fleet.twin().person("Fickle", 1, 1)));
    until(() -> fleet.database().count("select count(*) from notifier.asset") == 1);
    until(() -> Stream.of(Service.values()).allMatch(service -> knows(service, 1)));
  }

  /// Brings one about, as soon as anybody takes it, and returns when these services know of it.
  void reaches(List<Service> services) {
    granted = !granted;
    until(this::isAccepted);
    until(() -> services.stream().allMatch(service -> knows(service, revision())));
  }

  private boolean isAccepted() {
    var bearer = "Bearer " + fleet.bearers().ofService("token-refresher");
    var address = "/auth/internal/connections/" + connection + "/access";
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

  private long revision() {
    return fleet.database().count("select revision from auth.connection where id = ?", connection);
  }

  private boolean knows(Service service, long revision) {
    return fleet
            .database()
            .count(
                "select coalesce(max(revision), 0) from "
                    + table(service)
                    + " where %s = ?"
                        .formatted(service == Service.AUTH_SERVICE ? "id" : "connection_id"),
                connection)
        >= revision;
  }

  private static String table(Service service) {
    return switch (service) {
      case AUTH_SERVICE -> "auth.connection";
      case GRAPH_GATEWAY -> "gateway.connection_health";
      case TOKEN_REFRESHER -> "refresher.connection_state";
      case SYNC_WORKER -> "sync.connection_state";
      case NOTIFIER -> "notifier.connection";
    };
  }

  /// What fails is tried again: that is what is being measured.
  private static void until(Attempt attempt) {
    while (!succeeds(attempt)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean succeeds(Attempt attempt) {
    try {
      return attempt.succeeds();
    } catch (RuntimeException _) {
      return false;
    }
  }

  /// May fail in any way.
  private interface Attempt {
    boolean succeeds();
  }
}
