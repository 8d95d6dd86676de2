package io.tokenwarden.auth.ending;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.judge.Doubts;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.ConnectionEvent.TokenDisconnected;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/// Writes down how a token ended at Meta, shreds it here and says so.
@ApplicationScoped
class RevocationSettlement {
  private static final String ACTOR = "auth-service";
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Connections connections;
  private final Revocations revocations;
  private final Vault vault;
  private final Announcements announcements;
  private final Outbox outbox;
  private final Doubts doubts;
  private final AuditLog audit;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  RevocationSettlement(
      Connections connections,
      Revocations revocations,
      Vault vault,
      Announcements announcements,
      Outbox outbox,
      Doubts doubts,
      AuditLog audit,
      MeterRegistry metrics,
      Clock clock) {
    this.connections = connections;
    this.revocations = revocations;
    this.vault = vault;
    this.announcements = announcements;
    this.outbox = outbox;
    this.doubts = doubts;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  @WithTransaction
  Uni<Void> settle(DueRevocation due, MetaAnswer answer) {
    return connections
        .lock(due.connection())
        .chain(connection ->
            revocations
                .findById(due.id())
                .chain(revocation ->
                    revocation.isOpenAt(due.attempt())
                        ? settle(connection, revocation, answer)
                        : NOTHING));
  }

  private Uni<Void> settle(Connection connection, Revocation revocation, MetaAnswer answer) {
    var now = clock.instant();
    return switch (answer) {
      case GONE -> over(connection, revocation, Fate.REVOKED, now);
      case REFUSED, NEVER_ASKED -> over(connection, revocation, Fate.NOT_REVOKED, now);
      case AGAIN -> {
        if (revocation.isHopeless(now)) {
          yield over(connection, revocation, Fate.NOT_REVOKED, now);
        }
        revocation.postponed(now);
        yield NOTHING;
      }
    };
  }

  /// Within a transaction that holds the lock of the connection's row.
  Uni<Void> over(Connection connection, Revocation revocation, Fate fate, Instant now) {
    return revocation.endsConnection()
        ? connectionOver(connection, revocation, fate, now)
        : tokenOver(connection, revocation, fate, now);
  }

  private Uni<Void> tokenOver(
      Connection connection, Revocation revocation, Fate fate, Instant now) {
    revocation.settled(fate, now);
    return vault
        .forget(Revocations.address(revocation, connection))
        .chain(() -> record(connection, revocation, fate));
  }

  private Uni<Void> connectionOver(
      Connection connection, Revocation revocation, Fate fate, Instant now) {
    if (connection.lifecycle() == Lifecycle.CONNECTED) {
      revocation.settled(Fate.OVERTAKEN, now);
      return reconnectedMeanwhile(connection, fate, now)
          .chain(() -> record(connection, revocation, Fate.OVERTAKEN));
    }
    revocation.settled(fate, now);
    connection.endSettled();
    return vault
        .forget(connection.connectionId())
        .chain(() -> announcements.health(connection, Origin.of("token " + fate), now))
        .chain(() -> outbox.add(disconnected(connection, fate, now)))
        .chain(() -> record(connection, revocation, fate));
  }

  /// A consent that Meta took back while the person gave it anew may have cost the new token, too.
  private Uni<Void> reconnectedMeanwhile(Connection connection, Fate fate, Instant now) {
    return fate == Fate.REVOKED
        ? doubts.token(connection, Grounds.of("a revocation at the time of a reconnect", now))
        : NOTHING;
  }

  static TokenDisconnected disconnected(Connection connection, Fate fate, Instant now) {
    return new TokenDisconnected(
        connection.state(now), fate == Fate.REVOKED, connection.lifecycle() == Lifecycle.ARCHIVED);
  }

  private Uni<Void> record(Connection connection, Revocation revocation, Fate fate) {
    metrics.counter("tokenwarden.revocations", "fate", fate.name()).increment();
    return audit.add(
        ACTOR,
        "token.revocation-settled",
        connection.workspace(),
        connection.connectionId(),
        "generation %d: %s".formatted(revocation.generation(), fate));
  }
}
