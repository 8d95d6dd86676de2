package io.tokenwarden.gateway.quota;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The rule of `quota_turn`, for one quota and without a database: a hundred times as many turns in
/// the same time.
final class MemoryLedger implements Ledger {

  private record Held(long permits, long until, long callsBy) {}

  private final TreeMap<Long, Long> uses = new TreeMap<>();
  private final Map<UUID, Held> leases = new HashMap<>();

  @Override
  public PermitGrant turn(PermitTurn turn, long now, long calls, long window, long patience) {
    Held before = leases.remove(turn.lease());
    boolean known = before != null || !turn.known();
    long own = 0;
    if (before != null) {
      long told = turn.spent().values().stream().mapToLong(Long::longValue).sum();
      turn.spent().forEach((ago, spent) -> use(now - ago, spent, window));
      own = before.permits - told - turn.back();
    }
    leases.values().removeIf(held -> lapsed(held, now, window));
    uses.headMap(now, true).clear();

    long used = uses.values().stream().mapToLong(Long::longValue).sum();
    long others = leases.values().stream().mapToLong(Held::permits).sum();
    int sharers = leases.size() + 1;
    long free = calls - used - others - own;
    long granted =
        known
            ? Math.max(0, Math.min(Math.min(turn.wanted(), free), Math.max(1, free / 2 / sharers)))
            : 0;
    own += granted;
    if (own > 0) {
      long until = now + PermitLog.LEASE.toMillis();
      leases.put(turn.lease(), new Held(own, until, until + patience));
    }
    return new PermitGrant(
        known, granted, calls, used, others + own, sharers, nextFree(free > granted, now, window));
  }

  private Duration nextFree(boolean left, long now, long window) {
    if (left) {
      return Duration.ZERO;
    }
    return Duration.ofMillis(uses.isEmpty() ? window : uses.firstKey() - now);
  }

  private boolean lapsed(Held held, long now, long window) {
    if (held.until < now) {
      use(held.callsBy, held.permits, window);
      return true;
    }
    return false;
  }

  private void use(long over, long calls, long window) {
    long part = Math.max(1, window / 720);
    uses.merge(Math.floorDiv(over, part) * part + part + window, calls, Long::sum);
  }
}
