package io.tokenwarden.gateway.retry;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;

/// What this replica may repeat: within any minute no more than a share of the calls of that
/// minute, or a few where calls are few. Who finds it empty tells the caller, who can wait.
@ApplicationScoped
public class RetryBudget {

  private final RetryConfig config;
  private final Clock clock;
  private final LastMinute calls = new LastMinute();
  private final LastMinute repetitions = new LastMinute();

  @Inject
  RetryBudget(RetryConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  void atStart(@Observes StartupEvent event) {
    if (!(config.share() >= 0 && config.share() <= 1)) {
      throw new IllegalStateException("GATEWAY_RETRIES_SHARE must be from 0 to 1");
    }
    if (config.atLeast() < 0) {
      throw new IllegalStateException("GATEWAY_RETRIES_AT_LEAST must not be negative");
    }
  }

  /// Somebody calls, which lets others repeat.
  public synchronized void called() {
    calls.add(clock.instant().getEpochSecond());
  }

  /// @return whether one more repetition may be made; it counts if it may
  public synchronized boolean take() {
    long now = clock.instant().getEpochSecond();
    boolean left =
        repetitions.sum(now) < Math.max(config.atLeast(), (long) (config.share() * calls.sum(now)));
    if (left) {
      repetitions.add(now);
    }
    return left;
  }
}
