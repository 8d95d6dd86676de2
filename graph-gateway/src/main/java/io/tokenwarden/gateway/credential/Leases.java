package io.tokenwarden.gateway.credential;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.credential.LeaseAnswer.AppUnknown;
import io.tokenwarden.gateway.credential.LeaseAnswer.Granted;
import io.tokenwarden.gateway.credential.LeaseAnswer.Unavailable;
import io.tokenwarden.gateway.credential.LeaseAnswer.Unknown;
import io.tokenwarden.gateway.credential.LeaseAnswer.Withheld;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// The credentials this replica holds, each for at most a minute and in memory only.
///
/// One question to auth-service per connection at a time, however many calls wait for it. A lease
/// older than what is known of its connection is not used again.
@ApplicationScoped
public class Leases {

  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// How often a connection that may not call is looked at for a newer credential, should a
  /// reconnect be known to auth-service before the word of it has come to us.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private record Held(CredentialLease lease, Instant until) {}

  private final AuthService auth;
  private final Clock clock;
  private final Map<ConnectionId, Held> held = new ConcurrentHashMap<>();
  private final Map<ConnectionId, Future<LeaseAnswer>> asking = new ConcurrentHashMap<>();
  private final Map<ConnectionId, Instant> lookedAt = new ConcurrentHashMap<>();

  @Inject
  Leases(@RestClient AuthService auth, Clock clock) {
    this.auth = auth;
    this.clock = clock;
  }

  /// A credential no older than this revision of the connection.
  public Future<LeaseAnswer> lease(ConnectionId connection, long revision) {
    return usable(connection)
        .filter(lease -> lease.revision() >= revision)
        .<Future<LeaseAnswer>>map(lease -> Future.succeededFuture(new Granted(lease)))
        .orElseGet(() -> ask(connection));
  }

  /// Drops a lease that Meta did not accept, and asks for what is valid now. If another call has
  /// done so already, its answer is used.
  public Future<LeaseAnswer> replace(ConnectionId connection, CredentialLease refused) {
    held.computeIfPresent(connection, (_, own) -> own.lease().equals(refused) ? null : own);
    return usable(connection)
        .<Future<LeaseAnswer>>map(lease -> Future.succeededFuture(new Granted(lease)))
        .orElseGet(() -> ask(connection));
  }

  /// A credential of a later generation, if there is one already.
  public Future<Optional<CredentialLease>> newerThan(ConnectionId connection, long generation) {
    return newest(connection)
        .map(answer ->
            answer instanceof Granted(var lease) && lease.generation() > generation
                ? Optional.of(lease)
                : Optional.empty());
  }

  /// Whoever comes while auth-service is being asked waits for its answer, like the first.
  private Future<LeaseAnswer> newest(ConnectionId connection) {
    Instant now = clock.instant();
    Instant before = lookedAt.get(connection);
    boolean justLooked = before != null && now.isBefore(before.plus(LOOK_AGAIN));
    if (justLooked && !asking.containsKey(connection)) {
      return usable(connection)
          .<Future<LeaseAnswer>>map(lease -> Future.succeededFuture(new Granted(lease)))
          .orElseGet(() -> Future.succeededFuture(new Withheld()));
    }
    lookedAt.put(connection, now);
    return ask(connection);
  }

  private Optional<CredentialLease> usable(ConnectionId connection) {
    Instant now = clock.instant();
    return Optional.ofNullable(held.get(connection))
        .filter(own -> now.isBefore(own.until()))
        .map(Held::lease);
  }

  private Future<LeaseAnswer> ask(ConnectionId connection) {
    Promise<LeaseAnswer> promise = Promise.promise();
    Future<LeaseAnswer> running = asking.putIfAbsent(connection, promise.future());
    if (running != null) {
      return running;
    }
    UniHelper.toFuture(auth.credential(connection.toString()))
        .<LeaseAnswer>map(Granted::new)
        .otherwise(failure -> understood(connection, failure))
        .onSuccess(answer -> keep(connection, answer))
        .onComplete(answer -> {
          asking.remove(connection);
          promise.handle(answer);
        });
    return promise.future();
  }

  private void keep(ConnectionId connection, LeaseAnswer answer) {
    if (answer instanceof Granted(var lease)) {
      Instant latest = clock.instant().plus(LONGEST);
      Instant until = lease.expiresAt().isBefore(latest) ? lease.expiresAt() : latest;
      held.put(connection, new Held(lease, until));
    }
  }

  private static LeaseAnswer understood(ConnectionId connection, Throwable failure) {
    int status = failure instanceof WebApplicationException e ? e.getResponse().getStatus() : 0;
    String code = failure instanceof WebApplicationException e ? code(e.getResponse()) : "";
    return switch (status + " " + code) {
      case "404 NOT_FOUND" -> new Unknown();
      case "409 CONNECTION_BLOCKED" -> new Withheld();
      case "409 APP_UNKNOWN" -> new AppUnknown();
      default -> {
        LOG.warnf(
            "auth-service gives no credential for connection %s: %s",
            connection,
            status == 0 ? failure.getClass().getSimpleName() : "HTTP " + status + " " + code);
        yield new Unavailable();
      }
    };
  }

  /// The `code` of a problem answer; empty if it has none. A status alone may be anybody's: a
  /// proxy's, or a path of another version.
  private static String code(Response answer) {
    try {
      return new JsonObject(answer.readEntity(String.class)).getString("code", "");
    } catch (ProcessingException | IllegalStateException | DecodeException | ClassCastException _) {
      return "";
    }
  }

  @Scheduled(every = "30s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void forget() {
    Instant now = clock.instant();
    held.values().removeIf(own -> !now.isBefore(own.until()));
    lookedAt.values().removeIf(at -> now.isAfter(at.plus(LOOK_AGAIN)));
  }
}
