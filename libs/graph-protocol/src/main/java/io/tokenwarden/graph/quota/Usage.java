package io.tokenwarden.graph.quota;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;

/// How far one quota is used, as one answer tells it.
///
/// Meta's percentages are advice: a call may be refused far below 100, and figures far above it
/// have been seen.
///
/// @param id what it is counted for, without `act_`; empty where the header leaves it out: then it
///   is the app or the object of the call
/// @param useCase null if it is not counted by use case
/// @param calls percent of the calls that are used, or of whatever Meta sums up where it tells one
///   figure alone; 0 if not told
/// @param time percent of the total time; 0 if not told
/// @param cpuTime percent of the processor time; 0 if not told
/// @param regain how long calls are still refused, by Meta's estimate; zero if they are not, or if
///   it is not told
/// @param reset how long until the percentages are back to 0; zero if not told
/// @param tier null if not told
public record Usage(
    QuotaKind kind,
    String id,
    UseCase useCase,
    double calls,
    double time,
    double cpuTime,
    Duration regain,
    Duration reset,
    Tier tier) {

  static final Comparator<Usage> BY_QUOTA =
      Comparator.comparing(Usage::kind)
          .thenComparing(Usage::id)
          .thenComparing(Usage::useCase, Comparator.nullsFirst(Comparator.naturalOrder()));

  private static final double ALL = 100;

  public Usage {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(id);
    Objects.requireNonNull(regain);
    Objects.requireNonNull(reset);
  }

  /// Percent of the figure that is used most: calls are refused as soon as any of them reaches 100.
  public double utilization() {
    return Math.max(calls, Math.max(time, cpuTime));
  }

  /// Whether the next call would be refused, or this one already was.
  public boolean exhausted() {
    return utilization() >= ALL || regain.isPositive();
  }

  /// Both were told of the same quota in one answer: figure by figure, what asks for more caution.
  Usage stricter(Usage other) {
    return new Usage(
        kind,
        id,
        useCase,
        Math.max(calls, other.calls),
        Math.max(time, other.time),
        Math.max(cpuTime, other.cpuTime),
        longer(regain, other.regain),
        longer(reset, other.reset),
        Tier.stricter(tier, other.tier));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
