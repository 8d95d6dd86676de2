package io.tokenwarden.gateway.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.tokenwarden.gateway.CallerConfig;
import io.tokenwarden.gateway.UpstreamConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// How long either side of an answer may keep the other waiting. A deadline bounds the time until
/// an answer begins; how long a large one takes nobody can know, but that it goes on.
@ApplicationScoped
class Stalls {

  /// Who is waited for.
  enum Side {
    META,
    CALLER
  }

  private final Vertx vertx;
  private final MeterRegistry metrics;
  private final Map<Side, Duration> patience = new EnumMap<>(Side.class);

  @Inject
  Stalls(Vertx vertx, UpstreamConfig upstream, CallerConfig caller, MeterRegistry metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
    patience.put(Side.META, upstream.silence());
    patience.put(Side.CALLER, caller.silence());
  }

  /// From now on.
  ///
  /// @param stalled is run once, on the event loop of the caller of this method, when the side
  ///   waited for has not moved for as long as it may
  Watch watch(Side side, Runnable stalled) {
    return new Watch(side, stalled);
  }

  /// Ends the connection whatever is still to be written: an ordinary close waits until the caller
  /// has taken it.
  static void cutOff(HttpServerRequest caller) {
    if (caller.connection() instanceof ConnectionBase connection) {
      var _ = connection.channel().close();
    } else {
      caller.connection().close();
    }
  }

  private long nanos(Side side) {
    return patience.get(side).toNanos();
  }

  /// One answer being watched. Each movement is but a glance at the clock: the one timer looks how
  /// long ago the last was.
  final class Watch {

    private final Runnable stalled;
    private Side side;
    private long since;
    private long timer;

    private Watch(Side side, Runnable stalled) {
      this.stalled = stalled;
      waitFor(side);
      lookAgainIn(nanos(side));
    }

    /// Something moved, and it is this side's turn.
    void waitFor(Side next) {
      side = next;
      since = System.nanoTime();
    }

    void end() {
      vertx.cancelTimer(timer);
    }

    private void look() {
      long left = nanos(side) - (System.nanoTime() - since);
      if (left > 0) {
        lookAgainIn(left);
      } else {
        metrics
            .counter("tokenwarden.gateway.stalls", "side", side.name().toLowerCase(Locale.ROOT))
            .increment();
        stalled.run();
      }
    }

    /// Never later than the shorter of the two patiences: the turn may change meanwhile.
    private void lookAgainIn(long nanos) {
      long soonest = Math.min(nanos, Math.min(nanos(Side.META), nanos(Side.CALLER)));
      timer = vertx.setTimer(Math.max(1, Duration.ofNanos(soonest).toMillis()), _ -> look());
    }
  }
}
