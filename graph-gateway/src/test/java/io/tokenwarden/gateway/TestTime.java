package io.tokenwarden.gateway;

import io.tokenwarden.testsupport.MutableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The service's time, in the hands of a test.
@Singleton
class TestTime {

  private final MutableClock clock = MutableClock.at(Instant.now().truncatedTo(ChronoUnit.MILLIS));

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  Clock clock() {
    return clock;
  }

  @Produces
  @Singleton
  MutableClock mutable() {
    return clock;
  }
}
