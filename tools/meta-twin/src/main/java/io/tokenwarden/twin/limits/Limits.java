package io.tokenwarden.twin.limits;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// The strict limits in force; none at first.
///
/// Exact however many call at once: one lock decides about one call after the other, in the order
/// of the instants they are counted under.
@Singleton
public final class Limits {

  private final LongSupplier nanos;
  private final Map<QuotaKind, Limit> limits = new EnumMap<>(QuotaKind.class);
  private final Map<Quota, RollingWindow> windows = new LinkedHashMap<>();

  @Inject
  Limits() {
    this(System::nanoTime);
  }

  /// @param nanos a clock that never goes back
  Limits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// Sets the limit of a kind. What was counted under another limit of that kind is forgotten.
  public synchronized void set(Limit limit) {
    windows.keySet().removeIf(quota -> quota.kind() == limit.kind());
    limits.put(limit.kind(), limit);
  }

  public synchronized void clear() {
    limits.clear();
    windows.clear();
  }

  public synchronized List<Limit> all() {
    return List.copyOf(limits.values());
  }

  /// What the quotas of a kind have seen, in the order they were first used.
  public synchronized List<Meter> meters(QuotaKind kind) {
    var now = nanos.getAsLong();
    return windows.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(entry -> entry.getValue().meter(entry.getKey().label(), now))
        .toList();
  }

  /// Decides about one call, which needs room in each of its quotas.
  public synchronized Verdict judge(List<Quota> quotas) {
    var now = nanos.getAsLong();
    var limited = limited(quotas, now);
    var full = limited.entrySet().stream().filter(it -> !it.getValue().hasRoom(now)).findFirst();
    limited.values().forEach(full.isEmpty() ? it -> it.admit(now) : it -> it.refuse(now));
    full.ifPresent(it -> it.getValue().tell(now));
    var readings = new HashMap<Quota, Reading>();
    limited.forEach((quota, window) -> readings.put(quota, window.reading(now)));
    return new Verdict(full.map(Map.Entry::getKey), readings);
  }

  private Map<Quota, RollingWindow> limited(List<Quota> quotas, long now) {
    var found = new LinkedHashMap<Quota, RollingWindow>();
    for (var quota : quotas) {
      var limit = limits.get(quota.kind());
      if (limit != null) {
        found.put(
            quota, windows.computeIfAbsent(quota, _ -> new RollingWindow(limit, unit(quota), now)));
      }
    }
    return found;
  }

  /// Meta tells the regain time of ad accounts in whole minutes; of apps and people it tells none.
  private static Duration unit(Quota quota) {
    return switch (quota) {
      case Quota.OfAccount _ -> Duration.ofMinutes(1);
      case Quota.OfApp _, Quota.OfUser _ -> Duration.ofNanos(1);
    };
  }
}
