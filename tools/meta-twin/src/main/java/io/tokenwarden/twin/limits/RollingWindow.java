package io.tokenwarden.twin.limits;

import java.time.Duration;

/// One quota under a strict limit. A call made at `t` counts until `t` plus the window has come.
///
/// Not safe for several threads: [Limits] sees to that.
final class RollingWindow {

  private final Limit limit;
  private final long window;
  private final long unit;
  private final double hiddenInterval;
  private final long begun;

  /// What counts against the limit: ours, others', and refused ones where those count.
  private final Times counted = new Times();

  /// What we asked for, refused or not.
  private final Times asked = new Times();

  private long hiddenSoFar;
  private boolean blocked;
  private long blockedUntil;
  private long excusedUntil;

  private long admitted;
  private long refused;
  private long hidden;
  private long duringBlock;
  private int worstWindow;

  /// @param unit what a regain time is rounded up to where it is told
  /// @param now as in every call, nanoseconds of a clock that never goes back
  RollingWindow(Limit limit, Duration unit, long now) {
    this.limit = limit;
    this.window = limit.window().toNanos();
    this.unit = unit.toNanos();
    this.hiddenInterval = 1e9 / limit.hiddenPerSecond();
    this.begun = now;
  }

  /// Whether a call is let through now; changes nothing but what time and others have done.
  boolean hasRoom(long now) {
    letOthersCallUpTo(now);
    counted.forgetUpTo(now - window);
    return counted.size() < limit.calls();
  }

  /// A call is made and let through. Only where there is room.
  void admit(long now) {
    ask(now);
    admitted++;
    counted.add(now);
  }

  /// A call is made and not let through: for want of room here, or elsewhere.
  void refuse(long now) {
    ask(now);
    refused++;
    if (limit.countsRefused()) {
      counted.add(now);
    }
  }

  /// From now on a caller knows how long there is no room. Whoever calls before that time is over
  /// calls during a block.
  void tell(long now) {
    var until = now + reading(now).regain().toNanos();
    if (!blocked) {
      excusedUntil = now + limit.grace().toNanos();
    }
    blockedUntil = blocked ? Math.max(blockedUntil, until) : until;
    blocked = true;
  }

  Reading reading(long now) {
    var room = hasRoom(now);
    var percent = Math.toIntExact(Math.ceilDiv(counted.size() * 100L, limit.calls()));
    return new Reading(percent, Duration.ofNanos(room ? 0 : roundedUp(untilRoom(now))));
  }

  Meter meter(String label, long now) {
    return new Meter(
        label, admitted, refused, hidden, duringBlock, worstWindow, reading(now).percent());
  }

  private long untilRoom(long now) {
    return counted.at(counted.size() - limit.calls()) + window - now;
  }

  private void ask(long now) {
    if (blocked && now - blockedUntil >= 0) {
      blocked = false;
    }
    if (blocked && now - excusedUntil >= 0) {
      duringBlock++;
    }
    asked.forgetUpTo(now - window);
    asked.add(now);
    worstWindow = Math.max(worstWindow, asked.size());
  }

  /// Others call at even intervals, and are refused like anybody else.
  private void letOthersCallUpTo(long now) {
    if (limit.hiddenPerSecond() == 0) {
      return;
    }
    for (var next = nextOfOthers(); next - now <= 0; next = nextOfOthers()) {
      hiddenSoFar++;
      counted.forgetUpTo(next - window);
      var room = counted.size() < limit.calls();
      hidden += room ? 1 : 0;
      if (room || limit.countsRefused()) {
        counted.add(next);
      }
    }
  }

  private long nextOfOthers() {
    return begun + (long) ((hiddenSoFar + 1) * hiddenInterval);
  }

  private long roundedUp(long nanos) {
    return Math.ceilDiv(nanos, unit) * unit;
  }
}
