package io.tokenwarden.gateway.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// Replicas that want more than there is, a strict Meta and a ledger, in virtual time: every run of
/// one seed is the same.
final class World {

  /// How bad it gets.
  ///
  /// @param mishaps of each kind in a minute and replica: killed, frozen, cut off from the database
  /// @param lostTurns share of turns that get no answer, whether they happened or not
  /// @param lostCalls share of calls that get no answer
  /// @param slow share of what takes long, on its way to Meta or to the ledger or back
  /// @param slowest answer of Meta and of the ledger
  record Weather(
      double mishaps, double lostTurns, double lostCalls, double slow, Duration slowest) {}

  /// @param goodput how soon calls came, as a share of how soon the limit lets them come
  record Outcome(long calls, long beyond, double goodput, long killed) {}

  private static final long MILLI = 1_000_000;
  private static final int AT_ONCE = 20;

  private final Ledger ledger;
  private final Random random;
  private final Weather weather;
  private final long limit;
  private final long window;
  private final long patience;
  private final StrictMeta meta;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<Replica> replicas = new ArrayList<>();
  private long now = 1_000_000_000_000L;
  private long order;
  private long killed;
  private long firstAt;
  private long full;
  private long fullAt;

  private record Event(long at, long order, Runnable happens) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  World(
      Ledger ledger,
      long seed,
      int replicas,
      long limit,
      Duration window,
      Duration patience,
      Weather weather) {
    this.ledger = ledger;
    this.random = new Random(seed);
    this.weather = weather;
    this.limit = limit;
    this.window = window.toNanos();
    this.patience = patience.toNanos();
    this.meta = new StrictMeta(limit, this.window);
    for (int i = 0; i < replicas; i++) {
      this.replicas.add(new Replica());
    }
  }

  Outcome run(Duration length) {
    long end = now + length.toNanos();
    replicas.forEach(Replica::begin);
    while (!events.isEmpty() && events.peek().at < end) {
      Event next = events.poll();
      now = next.at;
      next.happens.run();
    }
    return new Outcome(meta.counted(), meta.beyond(), goodput(), killed);
  }

  /// Of two calls that are so many times the limit apart, the second comes as many windows after
  /// the first at best.
  private double goodput() {
    return full == 0 ? 0 : (double) full * window / (fullAt - firstAt);
  }

  private void arrive() {
    meta.arrives(now);
    if (meta.counted() == 1) {
      firstAt = now;
    } else if (meta.counted() % limit == 1 || limit == 1) {
      full = (meta.counted() - 1) / limit;
      fullAt = now;
    }
  }

  private void after(long nanos, Runnable happens) {
    events.add(new Event(now + nanos, order++, happens));
  }

  private long upTo(long nanos) {
    return nanos <= 0 ? 0 : random.nextLong(nanos);
  }

  private boolean happens(double share) {
    return random.nextDouble() < share;
  }

  /// Mostly swift, now and then not at all.
  private long delay() {
    return happens(weather.slow)
        ? upTo(weather.slowest.toNanos())
        : upTo(Math.min(20 * MILLI, weather.slowest.toNanos()));
  }

  /// One replica: as many calls at once as it may, and turns whenever one is due.
  private final class Replica {

    /// What ended with a kill is not heard of again.
    private int life;

    private PermitLog log;
    private int underWay;
    private boolean turning;
    private long frozenUntil;
    private long cutOffUntil;
    private long pokedFor = Long.MAX_VALUE;

    void begin() {
      life++;
      log = new PermitLog(Duration.ofNanos(window));
      underWay = 0;
      turning = false;
      pokedFor = Long.MAX_VALUE;
      mishap(this::kill);
      mishap(this::freeze);
      mishap(this::cutOff);
      later(0, this::work);
    }

    private void mishap(Runnable what) {
      if (weather.mishaps > 0) {
        long every = (long) (60_000 * MILLI / weather.mishaps);
        later(upTo(2 * every), what);
      }
    }

    private void kill() {
      killed++;
      life++;
      after(upTo(2_000 * MILLI), this::begin);
    }

    private void freeze() {
      frozenUntil = now + upTo(12_000 * MILLI);
      mishap(this::freeze);
    }

    private void cutOff() {
      cutOffUntil = now + upTo(12_000 * MILLI);
      mishap(this::cutOff);
    }

    /// In this life, and not while frozen.
    private void later(long nanos, Runnable what) {
      int mine = life;
      after(nanos, () -> inLife(mine, what));
    }

    private void inLife(int mine, Runnable what) {
      if (mine != life) {
        return;
      }
      if (now < frozenUntil) {
        after(frozenUntil - now, () -> inLife(mine, what));
      } else {
        what.run();
      }
    }

    private void work() {
      while (underWay < AT_ONCE) {
        var permit = log.take(now);
        if (permit.isEmpty()) {
          break;
        }
        call(permit.get());
      }
      turnWhenDue();
    }

    /// It leaves when there is a connection, and it leaves within its patience whatever happens to
    /// the replica meanwhile: bytes that were written arrive.
    private void call(Permit permit) {
      underWay++;
      long arrives = Math.min(delay(), patience - 1);
      after(arrives, World.this::arrive);
      boolean lost = happens(weather.lostCalls);
      later(lost ? patience : Math.min(arrives + delay(), patience), () -> over(permit));
    }

    private void over(Permit permit) {
      underWay--;
      permit.spent(now);
      work();
    }

    private void turnWhenDue() {
      if (turning) {
        return;
      }
      long due = log.turnDue(AT_ONCE - underWay, now);
      if (due <= now) {
        turn();
      } else if (due < pokedFor) {
        pokedFor = due;
        later(due - now, this::poked);
      }
    }

    private void poked() {
      pokedFor = Long.MAX_VALUE;
      work();
    }

    private void turn() {
      turning = true;
      var turn = log.turn(AT_ONCE - underWay, now);
      boolean cutOff = now < cutOffUntil;
      if (cutOff || happens(weather.lostTurns / 2)) {
        later(upTo(1_000 * MILLI), this::unanswered);
        return;
      }
      int mine = life;
      boolean answerLost = happens(weather.lostTurns / 2);
      after(
          delay(),
          () -> {
            var grant =
                ledger.turn(
                    turn,
                    Math.floorDiv(now, MILLI),
                    limit,
                    window / MILLI,
                    Math.floorDiv(patience, MILLI));
            after(
                delay(), () -> inLife(mine, answerLost ? this::unanswered : () -> granted(grant)));
          });
    }

    private void unanswered() {
      turning = false;
      log.unanswered(now);
      work();
    }

    private void granted(PermitGrant grant) {
      turning = false;
      log.granted(grant, now);
      work();
    }
  }
}
