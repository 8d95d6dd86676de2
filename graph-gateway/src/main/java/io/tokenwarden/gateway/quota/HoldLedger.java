package io.tokenwarden.gateway.quota;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.QuotaEvent.GraphThrottled;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.store.Transactions;
import io.tokenwarden.graph.quota.Hold;
import io.tokenwarden.graph.quota.HoldRule;
import io.tokenwarden.graph.quota.QuotaKind;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.QuotaSign;
import io.tokenwarden.graph.quota.Usage;
import io.tokenwarden.outbox.Outbox;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny.Session;
import org.jboss.logging.Logger;

/// Holds as the database keeps them, for all replicas. A row decides under its lock, so that calls
/// that fail at once on many replicas are one strike, and the event that tells of it is written in
/// the same transaction.
@ApplicationScoped
class HoldLedger {

  private static final Logger LOG = Logger.getLogger(HoldLedger.class);

  /// Of many calls that fail at once each would prolong the hold by a moment. That is not worth an
  /// event.
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  /// Longer than any replica remembers a row: one that comes after it would count from one again.
  private static final Duration KEPT = KnownHold.REMEMBERED.multipliedBy(3);

  private static final String KNOW =
      """
      insert into quota_hold (scope, strikes, held_until, free_at)
      values (:scope, 0, 'epoch', 'epoch')
      on conflict do nothing
      """;

  private static final String READ =
      """
      select revision, strikes, held_until, free_at, probed_at, proven
      from quota_hold where scope = :scope for update
      """;

  private static final String HOLD =
      """
      update quota_hold set
        strikes = :strikes, held_until = :until, free_at = :free, probed_at = null, proven = false,
        revision = :revision, changed_in = pg_current_xact_id()
      where scope = :scope
      """;

  private static final String PROBE =
      """
      update quota_hold set probed_at = :now, revision = revision + 1, changed_in = pg_current_xact_id()
      where scope in (:scopes) and held_until <= :now and not proven
        and (probed_at is null or probed_at <= :before)
      """;

  private static final String PROVE =
      """
      update quota_hold set proven = true, revision = revision + 1, changed_in = pg_current_xact_id()
      where scope = :scope and held_until <= :asked and not proven
      """;

  private final Transactions transactions;
  private final Outbox outbox;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  HoldLedger(Transactions transactions, Outbox outbox, MeterRegistry metrics, Clock clock) {
    this.transactions = transactions;
    this.outbox = outbox;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Whether the later hold is another one than the earlier, rather than the same told again.
  static boolean isNews(Hold before, Hold after) {
    return after.strikes() != before.strikes()
        || after.until().isAfter(before.until().plus(A_MOMENT));
  }

  /// Stores what follows from a sign, after what all replicas have stored before.
  ///
  /// @param error the failure that told; null if a header did
  /// @return the hold as it is stored now
  Future<KnownHold> hold(
      QuotaScope scope, QuotaSign sign, WorkspaceId workspace, GraphErrorInfo error) {
    return transactions.run(() ->
        Panache.getSession()
            .chain(session ->
                know(session, scope)
                    .chain(() -> read(session, scope))
                    .chain(known -> follow(session, known, sign, workspace, error))));
  }

  private static Uni<Integer> know(Session session, QuotaScope scope) {
    return session.createNativeQuery(KNOW).setParameter("scope", scope.text()).executeUpdate();
  }

  private static Uni<KnownHold> read(Session session, QuotaScope scope) {
    return session
        .createNativeQuery(READ, Object[].class)
        .setParameter("scope", scope.text())
        .getSingleResult()
        .map(row -> known(scope, row));
  }

  private static KnownHold known(QuotaScope scope, Object[] row) {
    Hold hold = new Hold((Integer) row[1], instant(row[2]), instant(row[3]));
    Instant probedAt = row[4] == null ? Instant.EPOCH : instant(row[4]);
    return new KnownHold(scope, (Long) row[0], hold, probedAt, (Boolean) row[5]);
  }

  private static Instant instant(Object timestamp) {
    return ((OffsetDateTime) timestamp).toInstant();
  }

  private Uni<KnownHold> follow(
      Session session,
      KnownHold known,
      QuotaSign sign,
      WorkspaceId workspace,
      GraphErrorInfo error) {
    Hold after = HoldRule.after(known.hold(), sign);
    if (!isNews(known.hold(), after)) {
      return Uni.createFrom().item(known);
    }
    return session
        .createNativeQuery(HOLD)
        .setParameter("scope", known.scope().text())
        .setParameter("strikes", after.strikes())
        .setParameter("until", after.until())
        .setParameter("free", after.free())
        .setParameter("revision", known.revision() + 1)
        .executeUpdate()
        .chain(() -> tell(throttled(known.scope(), after, sign, workspace, error), after))
        .replaceWith(
            new KnownHold(known.scope(), known.revision() + 1, after, Instant.EPOCH, false));
  }

  private Uni<Void> tell(GraphThrottled event, Hold hold) {
    LOG.infof(
        "Nobody uses quota %s until %s, after %d strikes; Graph code %s",
        event.scope(),
        hold.until(),
        hold.strikes(),
        event.graphError() == null ? "none" : event.graphError().code());
    return outbox.add(event);
  }

  private GraphThrottled throttled(
      QuotaScope scope, Hold hold, QuotaSign sign, WorkspaceId workspace, GraphErrorInfo error) {
    metrics
        .counter("tokenwarden.gateway.holds", "kind", scope.kind().name().toLowerCase(Locale.ROOT))
        .increment();
    boolean ofMany = scope.kind() == QuotaKind.APP || scope.kind() == QuotaKind.USER;
    return new GraphThrottled(
        ofMany ? WorkspaceId.ALL : workspace,
        scope.text(),
        hold.until(),
        sign.usages().stream().map(Usage::utilization).max(Double::compare).orElse(null),
        error,
        sign.answered());
  }

  /// Takes the one call among all replicas that finds out whether holds are over; all of them or
  /// none.
  Future<Boolean> mayProbe(List<QuotaScope> scopes, Instant now) {
    return transactions
        .run(() -> Panache.getSession().chain(session -> probe(session, scopes, now)))
        .map(true)
        .otherwise(false);
  }

  private static Uni<Void> probe(Session session, List<QuotaScope> scopes, Instant now) {
    return session
        .createNativeQuery(PROBE)
        .setParameter("scopes", scopes.stream().map(QuotaScope::text).sorted().toList())
        .setParameter("now", now)
        .setParameter("before", now.minus(KnownHold.PROBE))
        .executeUpdate()
        .invoke(rows -> mustBeAll(rows, scopes))
        .replaceWithVoid();
  }

  /// Ends the transaction where some are another's.
  private static void mustBeAll(int rows, List<QuotaScope> scopes) {
    if (rows != scopes.size()) {
      throw new IllegalStateException("Another call finds out");
    }
  }

  /// A call that left then, after the hold, was answered.
  Future<Integer> prove(QuotaScope scope, Instant asked) {
    return transactions.run(() ->
        Panache.getSession()
            .chain(session ->
                session
                    .createNativeQuery(PROVE)
                    .setParameter("scope", scope.text())
                    .setParameter("asked", asked)
                    .executeUpdate()));
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
                    .createNativeQuery("delete from quota_hold where free_at < :before")
                    .setParameter("before", clock.instant().minus(KEPT))
                    .executeUpdate())
            .replaceWithVoid());
  }
}
