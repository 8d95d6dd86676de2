package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.gateway.connection.Standing.AtCheckpoint;
import io.tokenwarden.gateway.connection.Standing.Dead;
import io.tokenwarden.gateway.connection.Standing.Free;
import io.tokenwarden.gateway.connection.Standing.OfBlockedApp;
import io.tokenwarden.gateway.connection.Standing.Quarantined;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/// Says whether a connection may call, from memory; only the one call a minute that a quarantine
/// lets through is asked of the database, since it is one among all replicas.
@ApplicationScoped
public class Gatekeeper {

  private final Connections connections;
  private final Evidence evidence;
  private final Clock clock;

  @Inject
  Gatekeeper(Connections connections, Evidence evidence, Clock clock) {
    this.connections = connections;
    this.evidence = evidence;
    this.clock = clock;
  }

  public Future<Standing> standing(KnownConnection connection) {
    if (connection.ended()) {
      return Future.succeededFuture(new Dead(null));
    }
    return connection
        .blocking()
        .map(condition -> Future.succeededFuture(blockedBy(condition)))
        .orElseGet(() -> standing(connection.token(), connection.revision()));
  }

  /// Of a generation that auth-service lends: held back with its app, in quarantine, or free,
  /// whatever is known of those before it.
  public Future<Standing> standing(TokenIdentity token, long revision) {
    return connections.isBlocked(token.appId())
        ? Future.succeededFuture(new OfBlockedApp())
        : connections
            .doubt(token.connection(), token.generation(), revision)
            .map(this::quarantine)
            .orElseGet(() -> Future.succeededFuture(new Free()));
  }

  private static Standing blockedBy(Condition condition) {
    return condition.condition() == ConditionKind.CHECKPOINT
        ? new AtCheckpoint()
        : new Dead(condition.reason());
  }

  private Future<Standing> quarantine(Doubt doubt) {
    Duration wait = doubt.wait(clock.instant());
    return wait.isPositive()
        ? Future.succeededFuture(new Quarantined(wait))
        : evidence.mayProbe(doubt).map(may -> may ? new Free() : new Quarantined(Doubt.QUARANTINE));
  }
}
