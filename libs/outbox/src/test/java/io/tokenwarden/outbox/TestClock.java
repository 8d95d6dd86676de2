package io.tokenwarden.outbox;

import io.tokenwarden.testsupport.MutableClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Stands still; a test moves it.
@Singleton
class TestClock {
  private final MutableClock clock =
      MutableClock.at(Instant.now().truncatedTo(ChronoUnit.MILLIS)); // as precise as any broker

  @Produces
  @Singleton
  Clock clock() {
    return clock;
  }

  MutableClock hands() {
    return clock;
  }
}
