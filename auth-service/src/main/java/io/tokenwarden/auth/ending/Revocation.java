package io.tokenwarden.auth.ending;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.LeaseHolder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// How one token ends at Meta. Without an outcome it is work that is to be done.
@Entity
@Table(name = "revocation")
class Revocation extends PanacheEntityBase {
  /// Whoever ends a connection wants its token gone: longer than this it is not kept for Meta's
  /// sake.
  static final Duration PATIENCE = Duration.ofHours(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  @Id private UUID id;

  @Column(name = "connection_id", updatable = false)
  private UUID connectionId;

  @Column(updatable = false)
  private long generation;

  @Column(name = "ends_connection", updatable = false)
  private boolean endsConnection;

  @Column(name = "ordered_at", updatable = false)
  private Instant orderedAt;

  @Column(name = "due_at")
  private Instant dueAt;

  private int attempts;

  @Column(name = "leased_by")
  private Integer leasedBy;

  @Column(name = "leased_until")
  private Instant leasedUntil;

  @Enumerated(EnumType.STRING)
  private Fate outcome;

  @Column(name = "settled_at")
  private Instant settledAt;

  protected Revocation() {}

  /// The end of a connection's current token.
  ///
  /// @param fate [Fate#REVOKING] if Meta is to be asked
  static Revocation ofConnection(Connection connection, Fate fate, Instant now) {
    var revocation = of(connection, connection.generation(), now);
    revocation.endsConnection = true;
    if (fate != Fate.REVOKING) {
      revocation.settled(fate, now);
    }
    return revocation;
  }

  /// The end of a token that another took the place of.
  static Revocation ofReplaced(Connection connection, long generation, Instant now) {
    return of(connection, generation, now);
  }

  private static Revocation of(Connection connection, long generation, Instant now) {
    var revocation = new Revocation();
    revocation.id = Generators.timeBasedEpochGenerator().generate();
    revocation.connectionId = connection.connectionId().value();
    revocation.generation = generation;
    revocation.orderedAt = now;
    revocation.dueAt = now;
    return revocation;
  }

  void claim(LeaseHolder holder, Instant until) {
    attempts++;
    leasedBy = holder.id();
    leasedUntil = until;
  }

  /// Whether this attempt is still the one that may settle it.
  boolean isOpenAt(int attempt) {
    return outcome == null && attempts == attempt;
  }

  void postponed(Instant now) {
    dueAt = now.plus(pause(attempts));
    release();
  }

  void settled(Fate fate, Instant now) {
    outcome = fate;
    settledAt = now;
    release();
  }

  private void release() {
    leasedBy = null;
    leasedUntil = null;
  }

  boolean isHopeless(Instant now) {
    return !now.isBefore(orderedAt.plus(PATIENCE));
  }

  static Duration pause(int attempt) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  UUID id() {
    return id;
  }

  ConnectionId connectionId() {
    return new ConnectionId(connectionId);
  }

  long generation() {
    return generation;
  }

  boolean endsConnection() {
    return endsConnection;
  }

  int attempts() {
    return attempts;
  }

  Fate fate() {
    return Optional.ofNullable(outcome).orElse(Fate.REVOKING);
  }
}
