package io.tokenwarden.gateway.quota;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.tokenwarden.gateway.quota.Quota.Settled;
import io.tokenwarden.gateway.quota.Quota.Use;
import io.tokenwarden.gateway.quota.Quota.Waiter;
import io.tokenwarden.gateway.quota.Taking.Taken;
import io.tokenwarden.graph.quota.QuotaScope;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Gives calls their permits, of every quota they use up.
///
/// A call that finds them in hand takes them from memory. One that does not waits in its lane while
/// this replica takes a turn at the database ([Turns]): for all its quotas at once, one turn at a
/// time.
@ApplicationScoped
public class Quotas {

  private static final Logger LOG = Logger.getLogger(Quotas.class);

  private static final String METRIC = "tokenwarden.gateway.permits";

  /// Quotas in one turn: their rows are locked for as long as it takes.
  private static final int AT_ONCE = 100;

  private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
  private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

  /// Whoever waits keeps this share of its time for the call itself.
  private static final int FOR_THE_CALL = 4;

  private final QuotaRules rules;
  private final double throttleAt;
  private final Turns turns;
  private final Vertx vertx;
  private final MeterRegistry metrics;
  private final long zero = System.nanoTime();
  private final Map<QuotaScope, Quota> quotas = new ConcurrentHashMap<>();
  private final Map<Quota, Long> alarms = new ConcurrentHashMap<>();
  private final Map<QuotaScope, Long> saidAt = new ConcurrentHashMap<>();
  private final Set<Quota> due = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean turning = new AtomicBoolean();

  @Inject
  Quotas(QuotaConfig config, Turns turns, Vertx vertx, MeterRegistry metrics) {
    this.rules = QuotaRules.parse(config.quotas().orElse(""));
    this.throttleAt = config.throttleAt();
    this.turns = turns;
    this.vertx = vertx;
    this.metrics = metrics;
  }

  /// One permit of each scope.
  ///
  /// @param patience for the permits and the call; a part of it is kept for the call
  public Future<Taking> take(List<QuotaScope> scopes, Lane lane, Duration patience) {
    long until = now() + patience.toNanos() / FOR_THE_CALL * (FOR_THE_CALL - 1);
    return take(scopes, lane, until, new ArrayList<>(scopes.size()));
  }

  private Future<Taking> take(List<QuotaScope> scopes, Lane lane, long until, List<Use> taken) {
    while (taken.size() < scopes.size()) {
      Quota quota = quota(scopes.get(taken.size()));
      Optional<Permit> permit = quota.take(lane, now());
      if (permit.isEmpty()) {
        return await(quota, lane, until)
            .compose(settled -> goOn(scopes, lane, until, taken, quota, settled));
      }
      taken.add(use(quota, permit.get()));
      look(quota);
    }
    return Future.succeededFuture(new Taken(taken));
  }

  private Future<Taking> goOn(
      List<QuotaScope> scopes,
      Lane lane,
      long until,
      List<Use> taken,
      Quota quota,
      Settled settled) {
    if (settled.permit() == null) {
      taken.forEach(Use::unused);
      count("refused", lane);
      return Future.succeededFuture(settled.refusal());
    }
    taken.add(use(quota, settled.permit()));
    return take(scopes, lane, until, taken);
  }

  private Quota quota(QuotaScope scope) {
    return quotas.computeIfAbsent(scope, it -> new Quota(it, rules.of(it), throttleAt));
  }

  private Use use(Quota quota, Permit permit) {
    if (quota.wouldRefuse()) {
      metrics.counter(METRIC, "outcome", "would_refuse", "lane", "any").increment();
    }
    return new Use() {
      @Override
      public void spent() {
        quota.spent(permit, now());
      }

      @Override
      public void unused() {
        quota.unused(permit);
        look(quota);
      }
    };
  }

  // ---- waiting

  private Future<Settled> await(Quota quota, Lane lane, long until) {
    if (quota.slows(lane)) {
      count("slowed", lane);
      sayOnceAMinute(quota);
    }
    Promise<Settled> outcome = Promise.promise();
    Waiter waiter = new Waiter(lane, until, outcome);
    if (!quota.await(waiter)) {
      return Future.succeededFuture(new Settled(waiter, null, quota.refusal(now())));
    }
    long timer = vertx.setTimer(millisUntil(until), _ -> giveUp(quota, waiter));
    look(quota);
    return outcome.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private void giveUp(Quota quota, Waiter waiter) {
    quota
        .giveUp(waiter, now())
        .ifPresent(refusal -> waiter.outcome().tryComplete(new Settled(waiter, null, refusal)));
  }

  private static void settle(List<Settled> settled) {
    settled.forEach(it -> it.waiter().outcome().tryComplete(it));
  }

  private void count(String outcome, Lane lane) {
    metrics.counter(METRIC, "outcome", outcome, "lane", lane.code()).increment();
  }

  private void sayOnceAMinute(Quota quota) {
    long now = now();
    Long before = saidAt.get(quota.scope());
    if (before == null || now - before > SAY_AGAIN.toNanos()) {
      saidAt.put(quota.scope(), now);
      LOG.infof(
          "Background calls slow down: quota %s is used to %.0f %%",
          quota.scope().text(), 100 * quota.utilization());
    }
  }

  // ---- turns

  /// Serves who may go, and sees to it that the next turn is taken when it is due.
  private void look(Quota quota) {
    long now = now();
    settle(quota.serve(now));
    long at = quota.due(now);
    if (at <= now) {
      due.add(quota);
      takeTurns();
    } else if (at != Long.MAX_VALUE) {
      lookAgain(quota, at);
    }
  }

  private void lookAgain(Quota quota, long at) {
    Long before = alarms.get(quota);
    if (before == null || at < before) {
      alarms.put(quota, at);
      vertx.setTimer(
          millisUntil(at),
          _ -> {
            alarms.remove(quota, at);
            look(quota);
          });
    }
  }

  private void takeTurns() {
    if (due.isEmpty() || !turning.compareAndSet(false, true)) {
      return;
    }
    Map<Quota, PermitTurn> batch = nextBatch();
    if (batch.isEmpty()) {
      turning.set(false);
      takeTurns();
    } else {
      turns.take(batch).onComplete(granted -> tookTurns(batch.keySet(), granted));
    }
  }

  private Map<Quota, PermitTurn> nextBatch() {
    Map<Quota, PermitTurn> batch = new LinkedHashMap<>();
    for (Quota quota : due) {
      if (batch.size() < AT_ONCE) {
        due.remove(quota);
        quota.turn(now()).ifPresent(turn -> batch.put(quota, turn));
      }
    }
    return batch;
  }

  private void tookTurns(Set<Quota> asked, AsyncResult<Map<String, PermitGrant>> answer) {
    turning.set(false);
    if (answer.failed()) {
      LOG.warnf("Quotas are not counted: %s", answer.cause().getClass().getSimpleName());
    }
    for (Quota quota : asked) {
      PermitGrant granted = answer.failed() ? null : answer.result().get(quota.scope().text());
      settle(granted == null ? quota.unanswered(now()) : quota.granted(granted, now()));
      look(quota);
    }
    takeTurns();
  }

  /// No sooner.
  private long millisUntil(long at) {
    return Math.max(1, Math.ceilDiv(at - now(), 1_000_000L));
  }

  @Scheduled(every = "60s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void forget() {
    long now = now();
    quotas.values().removeIf(quota -> quota.isIdle(now, FORGET_AFTER));
    saidAt.keySet().retainAll(quotas.keySet());
  }

  private long now() {
    return System.nanoTime() - zero;
  }
}
