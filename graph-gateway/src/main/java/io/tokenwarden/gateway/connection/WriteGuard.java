package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.gateway.connection.Standing.AtCheckpoint;
import io.tokenwarden.gateway.connection.Standing.Dead;
import io.tokenwarden.gateway.connection.Standing.OfBlockedApp;
import io.tokenwarden.gateway.connection.Standing.Quarantined;
import io.tokenwarden.gateway.connection.WriteStanding.BlockedByMeta;
import io.tokenwarden.gateway.connection.WriteStanding.Free;
import io.tokenwarden.gateway.connection.WriteStanding.Held;
import io.tokenwarden.gateway.connection.WriteStanding.NotGranted;
import io.tokenwarden.gateway.connection.WriteStanding.Untold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Says whether a connection may write, from memory alone. A blocked connection launches, edits and
/// pauses nothing; one that is merely in doubt may pause, since that spends nothing. What is not
/// known to be allowed is not.
@ApplicationScoped
public class WriteGuard {

  private final Connections connections;
  private final Clock clock;

  @Inject
  WriteGuard(Connections connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
  }

  /// @param onlyPauses whether the write pauses one object and does nothing else
  public WriteStanding standing(ConnectionId id, boolean onlyPauses) {
    return connections
        .find(id)
        .map(known ->
            cause(known, onlyPauses).<WriteStanding>map(Held::new).orElseGet(() -> standing(known)))
        .orElseGet(Untold::new);
  }

  /// What keeps it from writing though all else were well.
  private Optional<Standing> cause(KnownConnection known, boolean onlyPauses) {
    if (known.ended()) {
      return Optional.of(new Dead(null));
    }
    return known
        .blocking()
        .map(WriteGuard::blockedBy)
        .or(() -> unusable(known))
        .or(() -> ofBlockedApp(known))
        .or(() -> onlyPauses ? Optional.empty() : quarantine(known));
  }

  private static Standing blockedBy(Condition condition) {
    return condition.condition() == ConditionKind.CHECKPOINT
        ? new AtCheckpoint()
        : new Dead(condition.reason());
  }

  private static Optional<Standing> unusable(KnownConnection known) {
    return switch (known.health().tokenStatus()) {
      case ACTIVE -> Optional.empty();
      case INACTIVE -> Optional.of(new Dead(null));
      case EXPIRED -> Optional.of(new Dead(Reason.EXPIRED));
    };
  }

  private Optional<Standing> ofBlockedApp(KnownConnection known) {
    return connections.isBlocked(known.appId())
        ? Optional.of(new OfBlockedApp())
        : Optional.empty();
  }

  /// Unlike a read, a write is never the one call a minute that finds out.
  private Optional<Standing> quarantine(KnownConnection known) {
    return connections
        .doubtSince(known)
        .map(doubt -> {
          Duration wait = doubt.wait(clock.instant());
          return new Quarantined(wait.isPositive() ? wait : Doubt.QUARANTINE);
        });
  }

  private static WriteStanding standing(KnownConnection known) {
    Optional<Condition> block = known.health().condition(ConditionKind.BLOCKED_BY_META);
    if (block.isPresent()) {
      return new BlockedByMeta(block.get().until());
    }
    return known.health().can(Capability.WRITE_ADS) ? new Free() : new NotGranted();
  }
}
