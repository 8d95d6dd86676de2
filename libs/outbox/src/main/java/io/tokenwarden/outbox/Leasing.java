package io.tokenwarden.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/// How replicas share work: each row of it is leased by one of them at a time.
///
/// * No two replicas that live hold a row at once.
/// * A row whose holder is gone is free at once ([LeaseHolder]).
/// * Whoever lives, too, holds it no longer than the lease: then it is free, finished or not.
///
/// So a holder that is slow, or has lost its session and does not know, may meet another at the
/// same row. What it brings must do no harm then: callers count attempts or number leases, and
/// refuse what comes under any but the last; or each of their steps may be done twice.
@ApplicationScoped
public class Leasing {
  private final Replica replica;
  private final Clock clock;

  @Inject
  Leasing(Replica replica, Clock clock) {
    this.replica = replica;
    this.clock = clock;
  }

  /// Leases the row that has waited longest, within the current transaction, in which the caller
  /// writes the lease into it. The row is locked until then.
  ///
  /// @return empty if none is due that is free, or if this replica has no session to lease under
  public <R> Uni<Optional<Leased<R>>> next(DueRows<R> rows) {
    return replica
        .leaseHolder()
        .map(holder -> next(rows, holder))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private <R> Uni<Optional<Leased<R>>> next(DueRows<R> rows, LeaseHolder holder) {
    var now = clock.instant();
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(rows.next(), rows.row())
                .setParameter("now", now)
                .getSingleResultOrNull())
        .map(row ->
            Optional.ofNullable(row)
                .map(found -> new Leased<>(found, holder, now.plus(rows.lease()))));
  }
}
