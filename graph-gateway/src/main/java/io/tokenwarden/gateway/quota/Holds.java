package io.tokenwarden.gateway.quota;

import io.quarkus.scheduler.Scheduled;
import io.tokenwarden.gateway.quota.Leave.Free;
import io.tokenwarden.gateway.quota.Leave.Held;
import io.tokenwarden.gateway.store.Table;
import io.tokenwarden.graph.quota.Hold;
import io.tokenwarden.graph.quota.HoldRule;
import io.tokenwarden.graph.quota.QuotaScope;
import io.tokenwarden.graph.quota.QuotaSign;
import io.tokenwarden.graph.quota.Tier;
import io.tokenwarden.graph.quota.Usage;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Which quotas nobody uses for now, in the memory of this replica, so that no call waits for the
/// database: only the one call that finds out whether a hold is over is asked of it.
///
/// The replica that learns of a hold obeys it at once, the others within a second of its being
/// stored. If it cannot be stored, the others learn from Meta, as this one did.
@ApplicationScoped
public class Holds {

  private static final Logger LOG = Logger.getLogger(Holds.class);

  private static final String CHANGES =
      """
      select scope, revision, strikes, held_until, free_at, probed_at, proven
      from quota_hold where changed_in >= $1::text::xid8
      """;

  private final HoldLedger ledger;
  private final Clock clock;

  /// As they are stored.
  private final Map<QuotaScope, KnownHold> known = new ConcurrentHashMap<>();

  /// What is not stored yet, or could not be.
  private final Map<QuotaScope, Hold> ownWord = new ConcurrentHashMap<>();

  /// Quotas of which this replica asks the database whether it may find out.
  private final Set<QuotaScope> asking = ConcurrentHashMap.newKeySet();

  /// Access levels of apps: only some headers tell them.
  private final Map<String, Tier> tiers = new ConcurrentHashMap<>();

  @Inject
  Holds(HoldLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Produces
  @Singleton
  Table table() {
    return new Table(CHANGES, this::learn);
  }

  // ---- before a call

  /// Whether a call may go out that these quotas cover. Who is told that it may, after a hold, is
  /// the one that finds out: so it goes out.
  public Future<Leave> leave(Collection<QuotaScope> covering) {
    if (known.isEmpty() && ownWord.isEmpty()) {
      return Future.succeededFuture(new Free());
    }
    Instant now = now();
    return held(covering, now)
        .map(held -> Future.<Leave>succeededFuture(held))
        .orElseGet(() -> unlessUnproven(covering, now));
  }

  /// What closes these quotas for longest; empty if nothing does.
  public Optional<Held> held(Collection<QuotaScope> covering) {
    return held(covering, now());
  }

  private Optional<Held> held(Collection<QuotaScope> covering, Instant now) {
    return covering.stream()
        .map(scope -> new Held(scope, left(scope, now)))
        .filter(held -> held.left().isPositive())
        .max(Comparator.comparing(Held::left));
  }

  private Duration left(QuotaScope scope, Instant now) {
    KnownHold stored = known.get(scope);
    Duration left = stored == null ? Duration.ZERO : stored.left(now);
    Hold own = ownWord.get(scope);
    return own != null && now.plus(left).isBefore(own.until())
        ? Duration.between(now, own.until())
        : left;
  }

  private Future<Leave> unlessUnproven(Collection<QuotaScope> covering, Instant now) {
    List<KnownHold> unproven = knownOf(covering).filter(hold -> hold.isUnproven(now)).toList();
    if (unproven.isEmpty()) {
      return Future.succeededFuture(new Free());
    }
    return findOut(unproven, now)
        .map(may -> may ? new Free() : new Held(unproven.getFirst().scope(), KnownHold.SOON));
  }

  /// Of many calls that come at once, one asks.
  private Future<Boolean> findOut(List<KnownHold> unproven, Instant now) {
    QuotaScope first = unproven.getFirst().scope();
    if (!asking.add(first)) {
      return Future.succeededFuture(false);
    }
    return ledger
        .mayProbe(unproven.stream().map(KnownHold::scope).toList(), now)
        .onSuccess(may -> {
          if (may) {
            unproven.forEach(hold -> learn(hold.asProbed(now)));
          }
        })
        .onComplete(_ -> asking.remove(first));
  }

  private Stream<KnownHold> knownOf(Collection<QuotaScope> covering) {
    return covering.stream().map(known::get).filter(Objects::nonNull);
  }

  // ---- after a call

  /// Takes in what an answer tells, whether it was a failure or not. Returns at once: what follows
  /// from it holds here from now on, and is stored meanwhile.
  public void hear(HeardAnswer answer) {
    answer.usages().stream()
        .map(Usage::tier)
        .filter(Objects::nonNull)
        .forEach(tier -> tiers.put(answer.scopes().app(), tier));
    answer
        .signs(tiers.get(answer.scopes().app()), now())
        .forEach((scope, sign) -> hear(answer, scope, sign));
    if (answer.wasServed()) {
      knownOf(answer.scopes().covering())
          .filter(hold -> isProvenBy(answer, hold))
          .forEach(hold -> prove(hold, answer.asked()));
    }
  }

  private boolean isProvenBy(HeardAnswer answer, KnownHold hold) {
    return !hold.proven() && !answer.asked().isBefore(soFar(hold.scope()).until());
  }

  private void hear(HeardAnswer answer, QuotaScope scope, QuotaSign sign) {
    Hold before = soFar(scope);
    Hold after = HoldRule.after(before, sign);
    if (HoldLedger.isNews(before, after)) {
      ownWord.put(scope, after);
      ledger
          .hold(scope, sign, answer.workspace(), answer.errorOf(sign))
          .onSuccess(stored -> {
            learn(stored);
            ownWord.remove(scope, after);
          })
          .onFailure(failure -> LOG.warnf(failure, "The hold of %s is not stored", scope.text()));
    }
  }

  private Hold soFar(QuotaScope scope) {
    KnownHold stored = known.get(scope);
    Hold hold = stored == null ? Hold.NONE : stored.hold();
    Hold own = ownWord.get(scope);
    return own != null && own.until().isAfter(hold.until()) ? own : hold;
  }

  private void prove(KnownHold hold, Instant asked) {
    learn(hold.asProven());
    ledger
        .prove(hold.scope(), asked)
        .onFailure(failure ->
            LOG.warnf(failure, "That quota %s is open is not stored", hold.scope().text()));
  }

  /// As exact as the database keeps it: what comes back from there is to be the same.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  // ---- what others have found out

  private void learn(Row row) {
    QuotaScope.parse(row.getString(0))
        .ifPresent(scope ->
            learn(
                new KnownHold(
                    scope,
                    row.getLong(1),
                    new Hold(row.getInteger(2), instant(row, 3), instant(row, 4)),
                    row.getValue(5) == null ? Instant.EPOCH : instant(row, 5),
                    row.getBoolean(6))));
  }

  private static Instant instant(Row row, int column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private void learn(KnownHold hold) {
    known.merge(hold.scope(), hold, KnownHold::latest);
  }

  @Scheduled(every = "60s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void forget() {
    Instant now = now();
    known.values().removeIf(hold -> hold.isForgotten(now) && now.isAfter(hold.hold().free()));
    ownWord.values().removeIf(hold -> now.isAfter(hold.until()));
  }
}
