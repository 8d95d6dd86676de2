package io.tokenwarden.graph.quota;

import java.time.Duration;

/// A [Usage] as a test spells it: what it does not name was not told.
record Told(Usage usage) {

  static Told of(QuotaKind kind, String id, UseCase useCase) {
    return new Told(new Usage(kind, id, useCase, 0, 0, 0, Duration.ZERO, Duration.ZERO, null));
  }

  Told calls(double percent) {
    return with(
        percent, usage.time(), usage.cpuTime(), usage.regain(), usage.reset(), usage.tier());
  }

  Told time(double percent) {
    return with(
        usage.calls(), percent, usage.cpuTime(), usage.regain(), usage.reset(), usage.tier());
  }

  Told cpuTime(double percent) {
    return with(usage.calls(), usage.time(), percent, usage.regain(), usage.reset(), usage.tier());
  }

  Told regain(Duration regain) {
    return with(usage.calls(), usage.time(), usage.cpuTime(), regain, usage.reset(), usage.tier());
  }

  Told reset(Duration reset) {
    return with(usage.calls(), usage.time(), usage.cpuTime(), usage.regain(), reset, usage.tier());
  }

  Told tier(Tier tier) {
    return with(usage.calls(), usage.time(), usage.cpuTime(), usage.regain(), usage.reset(), tier);
  }

  private Told with(
      double calls, double time, double cpuTime, Duration regain, Duration reset, Tier tier) {
    return new Told(
        new Usage(
            usage.kind(), usage.id(), usage.useCase(), calls, time, cpuTime, regain, reset, tier));
  }
}
