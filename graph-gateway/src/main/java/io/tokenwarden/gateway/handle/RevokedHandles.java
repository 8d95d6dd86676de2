package io.tokenwarden.gateway.handle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.HandleEvent.HandleRevoked;
import io.tokenwarden.gateway.store.Table;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/// The handles that were revoked of late. The word of it comes to one replica, which keeps it for
/// all; each learns it at commit. Kept for longer than a replica remembers what a handle opened.
@ApplicationScoped
public class RevokedHandles {

  private static final Duration KEPT = Duration.ofHours(1);

  private static final String KEEP =
      """
      insert into handle_revoked (handle_id, revoked_at) values (:id, :now)
      on conflict do nothing
      """;

  private static final String CHANGES =
      "select handle_id from handle_revoked where changed_in >= $1::text::xid8";

  private final Clock clock;
  private final Cache<UUID, Boolean> revoked = Caffeine.newBuilder().expireAfterWrite(KEPT).build();

  @Inject
  RevokedHandles(Clock clock) {
    this.clock = clock;
  }

  /// In the current transaction.
  public Uni<Void> keep(HandleRevoked event) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(KEEP)
                .setParameter("id", event.handleId())
                .setParameter("now", clock.instant())
                .executeUpdate())
        .replaceWithVoid();
  }

  @Produces
  @Singleton
  Table table() {
    return new Table(CHANGES, row -> revoked.put(row.getUUID(0), true));
  }

  boolean contains(UUID handle) {
    return revoked.getIfPresent(handle) != null;
  }

  @Scheduled(
      every = "1h",
      delayed = "10m",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  Uni<Void> forget() {
    return Panache.withTransaction(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery("delete from handle_revoked where revoked_at < :before")
                    .setParameter("before", clock.instant().minus(KEPT))
                    .executeUpdate())
            .replaceWithVoid());
  }
}
