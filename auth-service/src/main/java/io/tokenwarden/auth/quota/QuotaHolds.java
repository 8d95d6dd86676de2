package io.tokenwarden.auth.quota;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.QuotaEvent.GraphThrottled;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.outbox.DatabaseSignals;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Which of Meta's quotas nobody uses for now, as the gateway tells. The word of it comes to one
/// replica, which keeps it for all; each has it in memory at commit, so that no call waits for it.
@ApplicationScoped
public class QuotaHolds {
  private static final Logger LOG = Logger.getLogger(QuotaHolds.class);
  private static final Duration KEPT = Duration.ofDays(1);

  private static final String KEEP =
      """
      insert into quota_hold (scope, held_until) values (:scope, :until)
      on conflict (scope) do update set held_until = greatest(quota_hold.held_until, excluded.held_until)
      """;

  private static final String HELD =
      "select scope, held_until from quota_hold where held_until > now()";

  private final Pool pool;
  private final Clock clock;
  private volatile Map<String, Instant> held = Map.of();

  @Inject
  QuotaHolds(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event, DatabaseSignals signals) {
    signals.on("quota_holds", () -> read().subscribe().with(_ -> {}));
  }

  /// In the current transaction. Of several ends the latest counts, in whatever order they come.
  public Uni<Void> keep(GraphThrottled event) {
    return event.holdUntil() == null
        ? Uni.createFrom().voidItem()
        : Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(KEEP)
                    .setParameter("scope", event.scope())
                    .setParameter("until", event.holdUntil())
                    .executeUpdate())
            .replaceWithVoid();
  }

  /// The first of these quotas that is held; empty if none is.
  public Optional<QuotaScope> closing(Collection<QuotaScope> scopes) {
    var now = clock.instant();
    var known = held;
    return known.isEmpty()
        ? Optional.empty()
        : scopes.stream()
            .filter(scope -> now.isBefore(known.getOrDefault(scope.text(), Instant.MIN)))
            .findFirst();
  }

  /// Once a second in case a wake-up was lost.
  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> read() {
    return pool.query(HELD)
        .execute()
        .invoke(rows -> {
          var read = new HashMap<String, Instant>();
          for (Row row : rows) {
            read.put(row.getString(0), row.getOffsetDateTime(1).toInstant());
          }
          held = Map.copyOf(read);
        })
        .onFailure()
        .invoke(failure -> LOG.warn("Which quotas are held could not be read", failure))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
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
                    .createNativeQuery("delete from quota_hold where held_until < :before")
                    .setParameter("before", clock.instant().minus(KEPT))
                    .executeUpdate())
            .replaceWithVoid());
  }
}
