package io.tokenwarden.refresher.due;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.outbox.DueRows;
import io.tokenwarden.outbox.Leased;
import io.tokenwarden.outbox.Leasing;
import io.tokenwarden.refresher.RefresherConfig;
import io.tokenwarden.refresher.due.WorkOutcome.Done;
import io.tokenwarden.refresher.due.WorkOutcome.Over;
import io.tokenwarden.refresher.due.WorkOutcome.Postponed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private static final DueRows<DueRow> DUE =
      DueRows.of(DueRow.class, "select * from due_work", "true", LEASE);

  private final Leasing leasing;
  private final Demand demand;
  private final Clock clock;
  private final Backoff backoff = new Backoff(new SecureRandom());

  @Inject
  DueWork(Leasing leasing, RefresherConfig config, Clock clock) {
    this.leasing = leasing;
    this.demand = new Demand(config.window(), config.scanEvery());
    this.clock = clock;
  }

  /// Makes what is due for a connection what its merged state demands. To be called after
  /// [io.tokenwarden.refresher.connection.Connections#merge], in its transaction.
  public Uni<Void> follow(ConnectionState state) {
    var connection = state.connectionId();
    var wanted = demand.of(state);
    return Panache.getSession()
        .chain(session ->
            planned(session, connection)
                .call(rows -> drop(session, rows, wanted))
                .chain(rows -> plan(session, rows, connection, wanted))
                .chain(changed -> changed ? wake(session) : NOTHING));
  }

  private static Uni<Map<WorkKind, DueRow>> planned(
      Mutiny.Session session, ConnectionId connection) {
    return session
        .createQuery("from DueRow where connectionId = :connection order by id", DueRow.class)
        .setParameter("connection", connection.value())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .map(rows -> rows.stream().collect(toMap(row -> row.kind, identity())));
  }

  /// Whoever is at it settles nothing.
  private static Uni<Void> drop(
      Mutiny.Session session, Map<WorkKind, DueRow> rows, List<Wanted> wanted) {
    var kinds = wanted.stream().map(Wanted::kind).collect(toSet());
    return session.removeAll(
        rows.values().stream().filter(row -> !kinds.contains(row.kind)).toArray());
  }

  /// @return whether anything is wanted otherwise than before
  private Uni<Boolean> plan(
      Mutiny.Session session,
      Map<WorkKind, DueRow> rows,
      ConnectionId connection,
      List<Wanted> wanted) {
    var now = clock.instant();
    var changed =
        wanted.stream()
            .filter(each -> rows.containsKey(each.kind()))
            .filter(each -> rows.get(each.kind()).follow(each, now))
            .count();
    var added =
        wanted.stream()
            .filter(each -> !rows.containsKey(each.kind()))
            .map(each -> DueRow.of(connection, each, now))
            .toArray();
    return session.persistAll(added).replaceWith(changed + added.length > 0);
  }

  private static Uni<Void> wake(Mutiny.Session session) {
    return session.createNativeQuery(WAKE, String.class).getSingleResult().replaceWithVoid();
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
      case Over _ -> {
        return session.remove(row);
      }
    }
    return Uni.createFrom().voidItem();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
