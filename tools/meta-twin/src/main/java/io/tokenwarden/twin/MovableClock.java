package io.tokenwarden.twin;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The one place the twin's time comes from: real time, until it is moved. A restart brings real
/// time back.
@Singleton
public final class MovableClock extends Clock {

  private volatile Clock current = Clock.systemUTC();

  /// From now on it is this instant, and stays so.
  public void standAt(Instant instant) {
    current = Clock.fixed(instant, ZoneOffset.UTC);
  }

  /// From now on it is so much later than it really is; earlier where negative.
  public void shift(Duration offset) {
    current = Clock.offset(Clock.systemUTC(), offset);
  }

  public void beReal() {
    current = Clock.systemUTC();
  }

  @Override
  public Instant instant() {
    return current.instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /// @throws UnsupportedOperationException always: what is said about a day says whose day it is
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the twin's clock has no zone");
  }
}
