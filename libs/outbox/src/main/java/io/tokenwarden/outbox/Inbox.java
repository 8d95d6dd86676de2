package io.tokenwarden.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.TopicSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/// Remembers which events have taken effect, so that none does twice.
@ApplicationScoped
class Inbox {
  private static final Logger LOG = Logger.getLogger(Inbox.class);

  /// The longest a record can lie somewhere and still be replayed.
  private static final Duration LONGEST_DETOUR =
      TopicSpec.DEAD_LETTER_RETENTION.plus(TopicSpec.RETRY_RETENTION);

  private final InboxConfig config;
  private final Clock clock;

  @Inject
  Inbox(InboxConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  void checkAtStart(@Observes StartupEvent event) {
    if (config.retention().compareTo(LONGEST_DETOUR) <= 0) {
      throw new IllegalStateException(
          "INBOX_RETENTION must be longer than a dead letter may lie and be replayed ("
              + LONGEST_DETOUR.toDays()
              + " days): a replayed record could take effect twice");
    }
  }

  /// Within the current transaction.
  ///
  /// @return whether the event is new here; if the transaction is rolled back, it is new again
  Uni<Boolean> receive(UUID eventId) {
    return Panache.getSession().chain(session -> insert(session, eventId)).map(rows -> rows == 1);
  }

  private Uni<Integer> insert(Mutiny.Session session, UUID eventId) {
    return session
        .createNativeQuery(
            """
            insert into inbox (event_id, received_at) values (:id, :now)
            on conflict do nothing
            """)
        .setParameter("id", eventId)
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  @Scheduled(
      every = "1h",
      delayed = "5m",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  @WithTransaction
  Uni<Void> forget() {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("delete from inbox where received_at < :before")
                .setParameter("before", clock.instant().minus(config.retention()))
                .executeUpdate())
        .invoke(rows -> LOG.debugf("Forgot %d received events", rows))
        .replaceWithVoid();
  }
}
