package io.tokenwarden.gateway.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The permits of one quota that this replica has, each from its grant to the end of its call.
///
/// ```
///   database ──grant──▶ in hand ──take──▶ under way ──spent──▶ told to the database
///               ▲          │  ▲               │                 counts for one window
///               └──back────┘  └────unused─────┘
/// ```
///
/// The promise of all replicas together: **no window at Meta ever holds more calls than the
/// limit.** Meta counts a call somewhere between [#take] and [Permit#spent]; the permit counts from
/// before the first until a window after the second. That needs no agreement of clocks: this log
/// knows by its own monotonic clock how long ago a call was over, and the database takes that off
/// its own.
///
/// A grant may be used for [#LEASE]; every turn that succeeds renews it. A turn without an answer
/// may have happened or not: then nothing more is said of its lease. What is left of it may be used
/// up to its end, and the database counts all of it as used from then on. The same becomes of the
/// lease of a replica that died or froze.
///
/// Pure: no input, no output, no clock. Not safe for several threads. Times are nanoseconds of one
/// monotonic clock.
final class PermitLog {

  /// How long a grant may be used without another word of the database.
  static final Duration LEASE = Duration.ofSeconds(5);

  /// What is ahead of demand is small: it counts as used if this replica dies.
  private static final double AHEAD_SECONDS = 0.25;

  private static final long MOST_AHEAD = 1_000;

  /// Others may give back what nobody announces.
  private static final long LOOK_AGAIN = Duration.ofMillis(250).toNanos();

  private static final long REPORT = Duration.ofSeconds(2).toNanos();

  private static final long NEVER = Long.MAX_VALUE;

  private final long reportEvery;
  private final List<Lease> lapsing = new ArrayList<>();
  private final Demand demand = new Demand();
  private Lease lease = new Lease();
  private long askedAt;
  private long moreAt;

  /// @param window of the quota: what is spent is told well before it is over
  PermitLog(Duration window) {
    this.reportEvery = Math.min(REPORT, window.toNanos() / 20);
  }

  // ---- calls

  /// A permit for a call that starts now; empty if none is in hand.
  Optional<Permit> take(long now) {
    lapsing.removeIf(old -> !old.isUsable(now));
    for (var old : lapsing) {
      return Optional.of(taken(old, now));
    }
    return lease.isUsable(now) ? Optional.of(taken(lease, now)) : Optional.empty();
  }

  private Permit taken(Lease from, long now) {
    demand.add(now);
    from.inHand--;
    from.underWay++;
    return new Permit(from);
  }

  // ---- turns

  /// When the next turn is to be made; [Long#MAX_VALUE] if there is nothing to say or to ask for.
  ///
  /// @param waiting calls that found no permit
  long turnDue(int waiting, long now) {
    long report = lease.isEmpty() ? NEVER : askedAt + reportEvery;
    long ahead = ahead(now);
    boolean low = waiting > 0 || 2 * lease.inHand < ahead;
    return low ? Math.min(report, moreAt) : report;
  }

  /// What is said and asked for now. One turn at a time: it ends with [#granted] or [#unanswered].
  PermitTurn turn(int waiting, long now) {
    askedAt = now;
    long needed = waiting + ahead(now);
    long back = Math.max(0, lease.inHand - needed);
    long wanted = Math.max(0, needed - lease.inHand);
    lease.inHand -= back;
    return new PermitTurn(lease.id, lease.known, wanted, back, lease.tellSpent(now));
  }

  void granted(PermitGrant grant, long now) {
    moreAt =
        grant.nextFree().isZero() ? now : now + Math.min(LOOK_AGAIN, grant.nextFree().toNanos());
    if (!grant.known()) {
      moreAt = now;
      lease = new Lease();
      return;
    }
    lease.renew(grant.permits(), askedAt + LEASE.toNanos());
    if (lease.isEmpty()) {
      lease = new Lease();
    }
  }

  /// The database did not answer the turn.
  void unanswered(long now) {
    moreAt = now + LOOK_AGAIN;
    lapsing.add(lease);
    lease = new Lease();
  }

  private long ahead(long now) {
    return Math.min(MOST_AHEAD, Math.round(demand.perSecond(now) * AHEAD_SECONDS));
  }

  /// Permits that were granted under one name. The database knows of them as one number: those in
  /// hand, those under way and those that are spent and not yet told.
  static final class Lease {

    private final UUID id = UUID.randomUUID();
    private final Map<Long, Long> spent = new HashMap<>();
    private boolean known;
    private long inHand;
    private long underWay;
    private long until;

    private boolean isUsable(long now) {
      return inHand > 0 && now - until < 0;
    }

    private boolean isEmpty() {
      return inHand == 0 && underWay == 0 && spent.isEmpty();
    }

    private void renew(long permits, long until) {
      this.known = true;
      this.inHand += permits;
      this.until = until;
    }

    void spent(long now) {
      underWay--;
      spent.merge(Math.ceilDiv(now, 1_000_000L), 1L, Long::sum);
    }

    void unused() {
      underWay--;
      inHand++;
    }

    /// Rounded so that nothing seems to be over earlier than it was.
    private Map<Long, Long> tellSpent(long now) {
      long millis = Math.floorDiv(now, 1_000_000L);
      Map<Long, Long> ago = new HashMap<>();
      spent.forEach((at, calls) -> ago.merge(Math.max(0, millis - at), calls, Long::sum));
      spent.clear();
      return ago;
    }
  }

  /// How many calls a second there are just now: each counts less the longer ago it was.
  private static final class Demand {

    private double recent;
    private long at;

    void add(long now) {
      recent = perSecond(now) + 1;
      at = now;
    }

    double perSecond(long now) {
      return recent * Math.exp((at - now) / 1e9);
    }
  }
}
