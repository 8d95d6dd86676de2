package io.tokenwarden.sync.run;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.outbox.DueRows;
import io.tokenwarden.outbox.Leased;
import io.tokenwarden.outbox.Leasing;
import io.tokenwarden.sync.SyncConfig;
import io.tokenwarden.sync.health.Doubts;
import io.tokenwarden.sync.insights.Coverage;
import io.tokenwarden.sync.insights.Insights;
import io.tokenwarden.sync.insights.Ledger;
import io.tokenwarden.sync.insights.ReadDays;
import io.tokenwarden.sync.run.RunOutcome.Completed;
import io.tokenwarden.sync.run.RunOutcome.Failed;
import io.tokenwarden.sync.run.RunOutcome.LeaseLost;
import io.tokenwarden.sync.run.RunOutcome.Stopped;
import io.tokenwarden.sync.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Who runs which schedule. Every method is one transaction.
@ApplicationScoped
class Runs {
  /// Longer than one page may take; a killed replica's leases end before.
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final String RUNNABLE =
      """
      state = 'RUNNING' and not paused
        and not exists (select from connection_state via
                        where via.connection_id = schedule.via_connection_id
                          and via.doubted_until > :now)
      """;

  private static final DueRows<Schedule> DUE =
      new DueRows<>(
          Schedule.class, "select * from schedule", RUNNABLE, "next_run_at", "run_leased", LEASE);

  private final Leasing leasing;
  private final Coverage coverage;
  private final Insights insights;
  private final Doubts doubts;
  private final SyncConfig config;
  private final Clock clock;
  private final Backoff backoff;

  @Inject
  Runs(
      Leasing leasing,
      Coverage coverage,
      Insights insights,
      Doubts doubts,
      SyncConfig config,
      Clock clock) {
    this.leasing = leasing;
    this.coverage = coverage;
    this.insights = insights;
    this.doubts = doubts;
    this.config = config;
    this.clock = clock;
    this.backoff = new Backoff(config.every(), new SecureRandom());
  }

  /// Leases the schedule that is due longest, if any is. No two workers get the same.
  @WithTransaction
  Uni<Optional<Claim>> claim() {
    return leasing.next(DUE).map(found -> found.map(this::lease));
  }

  private Claim lease(Leased<Schedule> leased) {
    var schedule = leased.row();
    var run = UUID.randomUUID();
    var now = clock.instant();
    schedule.leaseTo(run, leased.by(), leased.until());
    return new Claim(
        schedule.id(),
        run,
        schedule.workspace(),
        schedule.adAccount(),
        schedule.zone(),
        schedule.via().orElseThrow(),
        schedule.wantedFrom(),
        schedule.wantsFullRun(schedule.today(now)),
        now);
  }

  @WithTransaction
  Uni<Ledger> ledger(Claim claim) {
    return coverage.ledger(claim.workspace(), claim.adAccount(), claim.wantedFrom());
  }

  /// Makes the lease as long as at first.
  ///
  /// @return whether the run still holds it
  @WithTransaction
  Uni<Boolean> renew(Claim claim) {
    return underLease(claim, Uni.createFrom()::voidItem);
  }

  /// Stores what was read, unless the lease was lost.
  ///
  /// @return whether it was stored
  @WithTransaction
  Uni<Boolean> store(Claim claim, ReadDays read) {
    return underLease(claim, () -> insights.replace(read));
  }

  /// The row's lock lasts to the end of the transaction: nobody takes the lease over meanwhile.
  private Uni<Boolean> underLease(Claim claim, Supplier<Uni<Void>> work) {
    return locked(claim)
        .chain(schedule -> {
          if (schedule.isEmpty()) {
            return Uni.createFrom().item(false);
          }
          schedule.get().extendLease(clock.instant().plus(LEASE));
          return work.get().replaceWith(true);
        });
  }

  private Uni<Optional<Schedule>> locked(Claim claim) {
    return Panache.getSession()
        .chain(session ->
            session.find(Schedule.class, claim.schedule(), LockModeType.PESSIMISTIC_WRITE))
        .map(schedule ->
            Optional.ofNullable(schedule).filter(held -> held.isLeasedTo(claim.lease())));
  }

  /// Writes down what came of the run and when to run again. Does nothing if the lease was lost.
  @WithTransaction
  Uni<Void> settle(Claim claim, RunOutcome outcome) {
    return doubt(claim, outcome)
        .chain(() -> coverage.readThrough(claim.workspace(), claim.adAccount()))
        .chain(readThrough ->
            locked(claim)
                .invoke(held ->
                    held.ifPresent(schedule -> {
                      readThrough.ifPresent(schedule::syncedThrough);
                      settle(schedule, claim, outcome);
                    })))
        .replaceWithVoid();
  }

  /// Locks the connection before the schedule, as those do who merge health.
  private Uni<Void> doubt(Claim claim, RunOutcome outcome) {
    return switch (outcome) {
      case Stopped(var category, _, var generation) when category.castsDoubt() ->
          doubts.raise(claim.via(), generation);
      case Stopped _, Completed _, Failed _, LeaseLost _ -> Uni.createFrom().voidItem();
    };
  }

  private void settle(Schedule schedule, Claim claim, RunOutcome outcome) {
    var now = clock.instant();
    switch (outcome) {
      case Completed(var restated) ->
          schedule.completed(claim.startedAt(), now, later(now, nextAfter(claim)), restated);
      case Stopped(var category, var retryAfter, _) -> {
        var wait = backoff.after(schedule.attempts(), category.mayPass());
        var next = later(now.plus(wait), now.plus(retryAfter));
        schedule.failed(claim.startedAt(), now, next, category.name());
      }
      case Failed() -> {
        var wait = backoff.after(schedule.attempts(), false);
        schedule.failed(claim.startedAt(), now, now.plus(wait), "INTERNAL");
      }
      case LeaseLost() -> {
        // whoever has it now settles it
      }
    }
  }

  private Instant nextAfter(Claim claim) {
    return claim.startedAt().plus(config.every());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
