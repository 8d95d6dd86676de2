package io.tokenwarden.refresher.due;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.outbox.DueRows;
import io.tokenwarden.outbox.Leased;
import io.tokenwarden.outbox.Leasing;
import io.tokenwarden.refresher.due.Demand.Check;
import io.tokenwarden.refresher.due.Demand.Nothing;
import io.tokenwarden.refresher.due.WorkOutcome.Done;
import io.tokenwarden.refresher.due.WorkOutcome.Obsolete;
import io.tokenwarden.refresher.due.WorkOutcome.Postponed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/// The table of due work: who has to do what, when.
@ApplicationScoped
public class DueWork {
  /// Sent when work became due now, see [io.tokenwarden.outbox.DatabaseSignals].
  static final String SIGNAL = "due_work";

  /// Longer than any attempt may take, see [DueWorker#PATIENCE].
  static final Duration LEASE = Duration.ofMinutes(3);

  private static final String WAKE =
      "select cast(pg_notify('" + SIGNAL + "_' || current_schema(), '') as text)";

  private static final DueRows<DueRow> DUE =
      DueRows.of(DueRow.class, "select * from due_work", "true", LEASE);

  private final Leasing leasing;
  private final Clock clock;
  private final Backoff backoff = new Backoff(new SecureRandom());

  @Inject
  DueWork(Leasing leasing, Clock clock) {
    this.leasing = leasing;
    this.clock = clock;
  }

  /// Makes what is due for a connection what its merged state demands. To be called after
  /// [io.tokenwarden.refresher.connection.Connections#merge], in its transaction.
  public Uni<Void> follow(ConnectionState state) {
    var connection = state.connectionId();
    return switch (Demand.of(state)) {
      case Check(var generation) -> plan(connection, WorkKind.ACCESS_CHECK, generation);
      case Nothing() -> dropAll(connection);
    };
  }

  private Uni<Void> plan(ConnectionId connection, WorkKind kind, long generation) {
    return Panache.getSession()
        .chain(session ->
            locked(session, connection, kind)
                .chain(row -> plan(session, row, connection, kind, generation)));
  }

  private static Uni<DueRow> locked(
      Mutiny.Session session, ConnectionId connection, WorkKind kind) {
    return session
        .createQuery("from DueRow where connectionId = :connection and kind = :kind", DueRow.class)
        .setParameter("connection", connection.value())
        .setParameter("kind", kind)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getSingleResultOrNull();
  }

  private Uni<Void> plan(
      Mutiny.Session session,
      DueRow planned,
      ConnectionId connection,
      WorkKind kind,
      long generation) {
    var now = clock.instant();
    if (planned == null) {
      return session
          .persist(DueRow.of(connection, kind, generation, now))
          .call(() -> wake(session));
    }
    return planned.takenOver(generation, now) ? wake(session) : Uni.createFrom().voidItem();
  }

  private static Uni<Void> wake(Mutiny.Session session) {
    return session.createNativeQuery(WAKE, String.class).getSingleResult().replaceWithVoid();
  }

  /// Whoever is at it settles nothing.
  private static Uni<Void> dropAll(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery("delete from due_work where connection_id = :connection")
                .setParameter("connection", connection.value())
                .executeUpdate())
        .replaceWithVoid();
  }

  /// Leases what is due longest, if anything is. No two workers get the same.
  @WithTransaction
  Uni<Optional<Claim>> claim() {
    return leasing.next(DUE).map(found -> found.map(DueWork::lease));
  }

  private static Claim lease(Leased<DueRow> leased) {
    var row = leased.row();
    var worker = UUID.randomUUID();
    row.leaseTo(worker, leased.by(), leased.until());
    return new Claim(row.id, worker, new ConnectionId(row.connectionId), row.kind, row.generation);
  }

  /// Writes down what came of it. Does nothing if the lease was lost meanwhile.
  @WithTransaction
  Uni<Void> settle(Claim claim, WorkOutcome outcome, Duration every) {
    return Panache.getSession()
        .chain(session ->
            session
                .find(DueRow.class, claim.row(), LockModeType.PESSIMISTIC_WRITE)
                .chain(row -> settle(session, row, claim, outcome, every)));
  }

  private Uni<Void> settle(
      Mutiny.Session session, DueRow row, Claim claim, WorkOutcome outcome, Duration every) {
    if (row == null || !row.isLeasedTo(claim.lease())) {
      return Uni.createFrom().voidItem();
    }
    var now = clock.instant();
    switch (outcome) {
      case Done() -> row.done(now, now.plus(every));
      case Postponed(var failure, var passing, var notBefore) ->
          row.postpone(failure, now.plus(longer(notBefore, backoff.after(row.attempts, passing))));
      case Obsolete() -> {
        return session.remove(row);
      }
    }
    return Uni.createFrom().voidItem();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
