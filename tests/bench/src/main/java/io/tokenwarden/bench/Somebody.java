package io.tokenwarden.bench;

import io.tokenwarden.contracts.Service;
import io.tokenwarden.testsupport.Client;
import io.tokenwarden.testsupport.MetaTwin.Person;
import io.tokenwarden.testsupport.fleet.Fleet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Whose connection is changed, and what the services know of it.
final class Somebody {
  private static final long PAUSE_NANOS = 2_000_000;

  private final Fleet fleet;
  private final Person person;
  private final UUID connection;

  private Somebody(Fleet fleet, Person person, UUID connection) {
    this.fleet = fleet;
    this.person = person;
    this.connection = connection;
  }

  /// Connects somebody, and returns once all services know of it.
  static Somebody connected(Fleet fleet, Client client) {
    var person = fleet.twin().person("Fickle", 1, 1);
    var somebody = new Somebody(fleet, person, UUID.fromString(client.connect(person)));
    until(() -> fleet.database().count("select count(*) from notifier.asset") == 1);
    until(() -> Stream.of(Service.values()).allMatch(service -> somebody.isKnown(service, 1)));
    return somebody;
  }

  Person person() {
    return person;
  }

  UUID connection() {
    return connection;
  }

  /// Returns when these services know the connection as it is now.
  void awaitKnown(List<Service> services) {
    until(() -> services.stream().allMatch(service -> isKnown(service, revision())));
  }

  long revision() {
    return fleet.database().count("select revision from auth.connection where id = ?", connection);
  }

  private boolean isKnown(Service service, long revision) {
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
  static void until(Attempt attempt) {
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
  interface Attempt {
    boolean succeeds();
  }
}
