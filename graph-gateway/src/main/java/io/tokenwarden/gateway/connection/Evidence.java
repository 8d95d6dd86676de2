package io.tokenwarden.gateway.connection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.gateway.store.Transactions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/// Tells auth-service that a call failed in a way that casts doubt on the token (on what else it
/// may: [Suspicions]): once per generation and revision, however many calls fail, on however many
/// replicas. The row that makes it unique is written in the transaction of the event, and is the
/// quarantine of the generation at the same time.
@ApplicationScoped
public class Evidence {

  private static final Logger LOG = Logger.getLogger(Evidence.class);

  /// Long after its question was answered; a row is also a guard against raising the same evidence
  /// twice.
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String RAISE =
      """
      insert into doubt (connection_id, generation, revision, raised_at, probed_at)
      values (:id, :generation, :revision, :now, :now)
      on conflict do nothing
      """;

  private static final String PROBE =
      """
      update doubt set probed_at = :now, changed_in = pg_current_xact_id()
      where connection_id = :id and generation = :generation and revision = :revision
        and probed_at <= :before
      """;

  private record Key(ConnectionId connection, long generation, long revision) {

    static Key of(FailedCall call) {
      return new Key(call.token().connection(), call.token().generation(), call.revision());
    }
  }

  private final Connections connections;
  private final Transactions transactions;
  private final EvidenceOutbox outbox;
  private final Clock clock;
  private final Map<Key, Future<Void>> raising = new ConcurrentHashMap<>();

  @Inject
  Evidence(Connections connections, Transactions transactions, EvidenceOutbox outbox, Clock clock) {
    this.connections = connections;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Completes once the evidence is stored, whoever stored it, or it is clear that it is not
  /// needed, since the connection has moved on meanwhile. A connection of which no word has come to
  /// us yet is as suspect as any. Never fails: without a database the next failing call tries
  /// again.
  public Future<Void> raise(FailedCall call) {
    Key key = Key.of(call);
    return hasMovedOn(key)
            || connections.doubt(key.connection(), key.generation(), key.revision()).isPresent()
        ? Future.succeededFuture()
        : raiseOnce(key, call);
  }

  private boolean hasMovedOn(Key key) {
    return connections
        .find(key.connection())
        .filter(known -> known.revision() > key.revision())
        .isPresent();
  }

  private Future<Void> raiseOnce(Key key, FailedCall call) {
    Promise<Void> promise = Promise.promise();
    Future<Void> running = raising.putIfAbsent(key, promise.future());
    if (running != null) {
      return running;
    }
    Instant now = clock.instant();
    transactions
        .run(() -> Panache.getSession().chain(session -> store(session, key, call, now)))
        .onSuccess(_ ->
            connections.learn(new Doubt(key.connection(), key.generation(), key.revision(), now)))
        .onFailure(failure ->
            LOG.warnf(failure, "Evidence about connection %s is not stored", key.connection()))
        .onComplete(_ -> {
          raising.remove(key);
          promise.complete();
        });
    return promise.future();
  }

  private Uni<Void> store(Mutiny.Session session, Key key, FailedCall call, Instant now) {
    return session
        .createNativeQuery(RAISE)
        .setParameter("id", key.connection().value())
        .setParameter("generation", key.generation())
        .setParameter("revision", key.revision())
        .setParameter("now", now)
        .executeUpdate()
        .chain(rows -> rows == 1 ? outbox.add(call, now) : Uni.createFrom().voidItem());
  }

  /// Asks for the one call a minute that passes while auth-service stays silent. Among all replicas
  /// one is given it.
  Future<Boolean> mayProbe(Doubt doubt) {
    Instant now = clock.instant();
    return transactions
        .run(() -> Panache.getSession().chain(session -> takeProbe(session, doubt, now)))
        .map(rows -> rows == 1)
        .onSuccess(_ ->
            connections.learn(
                new Doubt(doubt.connection(), doubt.generation(), doubt.revision(), now)))
        .otherwise(false);
  }

  private static Uni<Integer> takeProbe(Mutiny.Session session, Doubt doubt, Instant now) {
    return session
        .createNativeQuery(PROBE)
        .setParameter("id", doubt.connection().value())
        .setParameter("generation", doubt.generation())
        .setParameter("revision", doubt.revision())
        .setParameter("now", now)
        .setParameter("before", now.minus(Doubt.QUARANTINE))
        .executeUpdate();
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
                    .createNativeQuery("delete from doubt where raised_at < :before")
                    .setParameter("before", clock.instant().minus(KEPT))
                    .executeUpdate())
            .replaceWithVoid());
  }
}
