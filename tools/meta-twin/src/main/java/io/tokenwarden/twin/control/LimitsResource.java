package io.tokenwarden.twin.control;

import io.smallrye.common.annotation.Blocking;
import io.tokenwarden.twin.limits.Limit;
import io.tokenwarden.twin.limits.Limits;
import io.tokenwarden.twin.limits.Meter;
import io.tokenwarden.twin.limits.QuotaKind;
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
import java.util.List;

/// The control API of strict rolling limits. They are kept in memory: a restart of the twin takes
/// them away.
@Path("/twin/limits")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class LimitsResource {

  private final Limits limits;

  @Inject
  LimitsResource(Limits limits) {
    this.limits = limits;
  }

  /// Sets the limit of a scope, for each app, person or ad account by itself, and begins to count
  /// anew.
  @PUT
  public void set(LimitOrder order) {
    if (order == null) {
      throw new IllegalArgumentException("a limit is a JSON object");
    }
    limits.set(order.ordered());
  }

  /// The limits in force, and what each quota has seen under them.
  @GET
  public List<LimitInfo> all() {
    return limits.all().stream()
        .map(limit -> new LimitInfo(LimitOrder.of(limit), limits.meters(limit.kind())))
        .toList();
  }

  /// Takes all limits away.
  @DELETE
  public void clear() {
    limits.clear();
  }

  /// A limit, as it is ordered and as it is shown.
  ///
  /// @param scope `app`, `user` or `account`
  /// @param limit calls within any window
  /// @param countsRefused false if left out
  /// @param hiddenPerSecond what others use of each quota from its first call on; nothing if left
  ///   out
  /// @param graceMs how long after a refusal calls do not count as made during a block; 0 if left
  ///   out
  public record LimitOrder(
      String scope,
      int limit,
      long windowMs,
      boolean countsRefused,
      double hiddenPerSecond,
      long graceMs) {

    /// @throws IllegalArgumentException if there can be no such limit
    private Limit ordered() {
      return new Limit(
          QuotaKind.named(scope).orElse(null),
          limit,
          Duration.ofMillis(windowMs),
          countsRefused,
          hiddenPerSecond,
          Duration.ofMillis(graceMs));
    }

    private static LimitOrder of(Limit limit) {
      return new LimitOrder(
          limit.kind().label(),
          limit.calls(),
          limit.window().toMillis(),
          limit.countsRefused(),
          limit.hiddenPerSecond(),
          limit.grace().toMillis());
    }
  }

  /// A limit and what happened under it.
  ///
  /// @param quotas those that were used, in the order they were first used
  public record LimitInfo(LimitOrder limit, List<Meter> quotas) {}
}
