package io.tokenwarden.gateway.connection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.store.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/// Tells auth-service that a call failed in a way that gives reason to ask about something other
/// than the token: its permissions, an asset, its app, or a block on its person. Once per
/// generation, revision, suspicion and asset, however many calls fail, on however many replicas.
/// Each answer of auth-service moves the revision, so what fails after it is told anew.
///
/// Nobody waits for it and nothing is held back: the token lives, and other calls may well succeed.
@ApplicationScoped
public class Suspicions {

  private static final Logger LOG = Logger.getLogger(Suspicions.class);

  private static final Duration KEPT = Duration.ofDays(30);

  private static final String RAISE =
      """
      insert into suspicion (connection_id, generation, revision, suspicion, about, raised_at)
      values (:id, :generation, :revision, :suspicion, :about, :now)
      on conflict do nothing
      """;

  private final Connections connections;
  private final Transactions transactions;
  private final EvidenceOutbox outbox;
  private final Clock clock;
  private final Map<ConnectionId, Raised> raised = new ConcurrentHashMap<>();

  @Inject
  Suspicions(
      Connections connections, Transactions transactions, EvidenceOutbox outbox, Clock clock) {
    this.connections = connections;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Returns at once and never fails: what cannot be stored, the next failing call raises.
  public void raise(FailedCall call) {
    Instant now = clock.instant();
    String about = about(call, now);
    Raised known = raised.merge(call.token().connection(), Raised.at(call), Raised::newest);
    if (known.add(call, about)) {
      transactions
          .run(() -> Panache.getSession().chain(session -> store(session, call, about, now)))
          .onFailure(failure -> {
            known.remove(call, about);
            LOG.warnf(
                failure, "Evidence about connection %s is not stored", call.token().connection());
          });
    }
  }

  /// What tells apart questions of one suspicion. A block on the person is the same whatever was
  /// called, and so is one on the app; but its answers do not move the revision of the connection,
  /// so it may be asked about again once more was said of the app, or an hour has passed.
  private String about(FailedCall call, Instant now) {
    return switch (call.suspicion()) {
      case PERMISSIONS, ASSET -> call.assetId() == null ? "" : call.assetId();
      case APP ->
          connections.appRevision(call.token().appId())
              + " at "
              + now.truncatedTo(ChronoUnit.HOURS);
      case NONE, TOKEN, BLOCK -> "";
    };
  }

  private Uni<Void> store(Mutiny.Session session, FailedCall call, String about, Instant now) {
    return session
        .createNativeQuery(RAISE)
        .setParameter("id", call.token().connection().value())
        .setParameter("generation", call.token().generation())
        .setParameter("revision", call.revision())
        .setParameter("suspicion", call.suspicion().name())
        .setParameter("about", about)
        .setParameter("now", now)
        .executeUpdate()
        .chain(rows -> rows == 1 ? outbox.add(call, now) : Uni.createFrom().voidItem());
  }

  @Scheduled(
      every = "6h",
      delayed = "10m",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> forget() {
    return Panache.withTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery("delete from suspicion where raised_at < :before")
                    .setParameter("before", clock.instant().minus(KEPT))
                    .executeUpdate())
            .replaceWithVoid());
  }
}
