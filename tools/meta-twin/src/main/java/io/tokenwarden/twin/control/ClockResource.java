package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.MovableClock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;

/// The control API of Meta's time.
@Path("/twin/clock")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ClockResource {

  private final MovableClock clock;

  @Inject
  ClockResource(MovableClock clock) {
    this.clock = clock;
  }

  @GET
  public Reading read() {
    return new Reading(clock.instant());
  }

  @PUT
  public Reading move(Move move) {
    if (move == null || (move.now() == null) == (move.offset() == null)) {
      throw new IllegalArgumentException("a clock is moved to now, an instant, or by an offset");
    }
    if (move.now() == null) {
      clock.shift(move.offset());
    } else {
      clock.standAt(move.now());
    }
    return read();
  }

  /// Back to real time.
  @DELETE
  public Reading beReal() {
    clock.beReal();
    return read();
  }

  /// Where the clock is moved: one of the two.
  ///
  /// @param now where it stands still from then on
  /// @param offset how far it runs ahead of real time; behind where negative
  public record Move(Instant now, Duration offset) {}

  /// What the clock says.
  public record Reading(Instant now) {}
}
