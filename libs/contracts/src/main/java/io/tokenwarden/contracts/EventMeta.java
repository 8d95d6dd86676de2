package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What a record says about itself beside the fact it carries.
///
/// @param id a UUIDv7; consumers use it to let a record take effect once
/// @param source the service that announced the fact
/// @param time when it was announced
/// @param traceparent the W3C trace context in which it happened
public record EventMeta(UUID id, Service source, Instant time, Optional<String> traceparent) {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  public EventMeta {
    requireNonNull(id, "id");
    requireNonNull(source, "source");
    requireNonNull(time, "time");
    requireNonNull(traceparent, "traceparent");
  }

  /// For a fact that is announced now.
  public static EventMeta now(Service source, Clock clock, Optional<String> traceparent) {
    return new EventMeta(IDS.generate(), source, clock.instant(), traceparent);
  }
}
