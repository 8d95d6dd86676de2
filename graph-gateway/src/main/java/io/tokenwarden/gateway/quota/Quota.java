package io.tokenwarden.gateway.quota;

import io.tokenwarden.gateway.quota.QuotaRules.Rule;
import io.tokenwarden.gateway.quota.Taking.Uncounted;
import io.tokenwarden.gateway.quota.Taking.UsedUp;
import io.tokenwarden.graph.quota.QuotaScope;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One quota as this replica sees it: the permits it has, and the calls that wait for one, in order
/// of their lanes and then of their coming.
///
/// Pure like its [PermitLog], and safe for several threads. What it decides about calls that wait
/// is returned, to be told to them outside its lock. Times are nanoseconds of one monotonic clock.
final class Quota {

  /// Whoever comes when so many wait is refused at once.
  static final int MOST_WAITING = 1_000;

  /// The database may miss one turn; then nobody is kept waiting for it.
  private static final int TURNS_MISSED = 2;

  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  /// A permit, and what came before it is settled.
  interface Use {
    void spent();

    void unused();
  }

  /// A call that waits.
  ///
  /// @param until when it will wait no longer
  /// @param outcome told once what becomes of it
  record Waiter(Lane lane, long until, Promise<Settled> outcome) {

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// What became of a call that waited.
  ///
  /// @param permit null if it was refused
  /// @param refusal null if it has its permit
  record Settled(Waiter waiter, Permit permit, Taking refusal) {}

  private final QuotaScope scope;
  private final Rule rule;
  private final double throttleAt;
  private final PermitLog log;
  private final Map<Lane, Set<Waiter>> waiting = new EnumMap<>(Lane.class);
  private PermitGrant last;
  private long lastAt;
  private int missed;
  private long paced;
  private boolean turning;
  private long usedAt;

  Quota(QuotaScope scope, Rule rule, double throttleAt) {
    this.scope = scope;
    this.rule = rule;
    this.throttleAt = throttleAt;
    this.log = new PermitLog(rule.window());
    for (Lane lane : Lane.values()) {
      waiting.put(lane, new LinkedHashSet<>());
    }
  }

  QuotaScope scope() {
    return scope;
  }

  Rule rule() {
    return rule;
  }

  // ---- calls

  /// A permit at once; empty if the call has to wait.
  synchronized Optional<Permit> take(Lane lane, long now) {
    usedAt = now;
    boolean first = next().map(waiter -> lane.compareTo(waiter.lane) < 0).orElse(true);
    return first && mayGo(lane, now) ? paceAfter(lane, log.take(now), now) : Optional.empty();
  }

  /// Whether it waits; if not, as many do as may.
  synchronized boolean await(Waiter waiter) {
    return waiting() < MOST_WAITING && waiting.get(waiter.lane).add(waiter);
  }

  /// The call waits no longer; the refusal, unless it has been settled meanwhile.
  synchronized Optional<Taking> giveUp(Waiter waiter, long now) {
    return waiting.get(waiter.lane).remove(waiter) ? Optional.of(refusal(now)) : Optional.empty();
  }

  synchronized Taking refusal(long now) {
    return missed > 0 || last == null
        ? new Uncounted(ASK_AGAIN)
        : new UsedUp(scope, Duration.ofNanos(Math.max(0, freeAt() - now)));
  }

  synchronized void spent(Permit permit, long now) {
    permit.spent(now);
  }

  synchronized void unused(Permit permit) {
    permit.unused();
  }

  /// Whether a rule in the shadow would have refused a call now.
  synchronized boolean wouldRefuse() {
    return rule.shadow() && last != null && last.used() + last.leased() > limit();
  }

  // ---- turns

  /// When to look after this quota again; [Long#MAX_VALUE] for not at all.
  synchronized long due(long now) {
    if (turning) {
      return Long.MAX_VALUE;
    }
    long turn = log.turnDue(ready(now), now);
    boolean slowed = next().map(waiter -> !mayGo(waiter.lane, now)).orElse(false);
    return slowed ? Math.min(turn, paced) : turn;
  }

  /// What is to be said to the database now; empty if it is too early, or a turn is under way.
  synchronized Optional<PermitTurn> turn(long now) {
    if (turning || log.turnDue(ready(now), now) > now) {
      return Optional.empty();
    }
    turning = true;
    return Optional.of(log.turn(ready(now), now));
  }

  synchronized List<Settled> granted(PermitGrant grant, long now) {
    turning = false;
    missed = 0;
    last = grant;
    lastAt = now;
    log.granted(grant, now);
    List<Settled> settled = serve(now);
    if (grant.permits() == 0 && grant.known()) {
      settled.addAll(refuseWhoeverWaitsInVain(now));
    }
    return settled;
  }

  /// The database did not answer the turn.
  synchronized List<Settled> unanswered(long now) {
    turning = false;
    missed++;
    log.unanswered(now);
    List<Settled> settled = serve(now);
    if (missed >= TURNS_MISSED) {
      waiting.values().forEach(lane -> settled.addAll(refused(lane, new Uncounted(ASK_AGAIN))));
      waiting.values().forEach(Set::clear);
    }
    return settled;
  }

  /// Those that may go now, in their order.
  synchronized List<Settled> serve(long now) {
    List<Settled> served = new ArrayList<>();
    for (var next = next(); next.isPresent() && mayGo(next.get().lane, now); next = next()) {
      Waiter waiter = next.get();
      Optional<Permit> permit = paceAfter(waiter.lane, log.take(now), now);
      if (permit.isEmpty()) {
        break;
      }
      waiting.get(waiter.lane).remove(waiter);
      served.add(new Settled(waiter, permit.get(), null));
    }
    return served;
  }

  private List<Settled> refuseWhoeverWaitsInVain(long now) {
    List<Settled> refused = new ArrayList<>();
    for (Set<Waiter> lane : waiting.values()) {
      List<Waiter> inVain = lane.stream().filter(waiter -> waiter.until < freeAt()).toList();
      refused.addAll(refused(inVain, refusal(now)));
      inVain.forEach(lane::remove);
    }
    return refused;
  }

  private static List<Settled> refused(Collection<Waiter> waiters, Taking refusal) {
    return waiters.stream().map(waiter -> new Settled(waiter, null, refusal)).toList();
  }

  private Optional<Waiter> next() {
    for (Set<Waiter> lane : waiting.values()) {
      if (!lane.isEmpty()) {
        return Optional.of(lane.iterator().next());
      }
    }
    return Optional.empty();
  }

  // ---- lanes

  /// Whether a lane is slowed down to what becomes free.
  synchronized boolean slows(Lane lane) {
    return utilization() >= lane.slowsAt(throttleAt);
  }

  /// How many of those that wait would go now if they had a permit: of slowed lanes, one at a time.
  private int ready(long now) {
    int ready = 0;
    boolean slowed = false;
    for (var lane : waiting.entrySet()) {
      boolean slow = !lane.getValue().isEmpty() && slows(lane.getKey());
      ready += slow ? 0 : lane.getValue().size();
      slowed |= slow;
    }
    return ready + (slowed && now >= paced ? 1 : 0);
  }

  private boolean mayGo(Lane lane, long now) {
    return !slows(lane) || now >= paced;
  }

  /// A slowed lane leaves what is left to those before it, and takes what becomes free.
  private Optional<Permit> paceAfter(Lane lane, Optional<Permit> permit, long now) {
    if (permit.isPresent() && slows(lane)) {
      paced = now + rule.window().toNanos() * last.sharers() / limit();
    }
    return permit;
  }

  /// As a share of the limit, by the last word of the database; 0 where there is none.
  synchronized double utilization() {
    return last == null || rule.calls() == null || rule.shadow()
        ? 0
        : (double) (last.used() + last.leased()) / limit();
  }

  /// How many calls the database grants in one window; null for as many as are asked for.
  Long granting() {
    return rule.calls() == null || rule.shadow() ? null : limit();
  }

  private long limit() {
    return QuotaRules.forData(scope, rule.calls());
  }

  private long freeAt() {
    return lastAt + last.nextFree().toNanos();
  }

  /// Whether nobody will miss it.
  synchronized boolean isIdle(long now, Duration since) {
    return !turning
        && waiting() == 0
        && log.turnDue(0, now) == Long.MAX_VALUE
        && now - usedAt > since.toNanos();
  }

  synchronized int waiting() {
    return waiting.values().stream().mapToInt(Set::size).sum();
  }
}
