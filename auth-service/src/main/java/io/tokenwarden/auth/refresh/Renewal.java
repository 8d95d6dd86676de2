package io.tokenwarden.auth.refresh;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.outbox.LeaseHolder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Who is replacing the token of a connection, and how that goes.
@Entity
@Table(name = "renewal")
class Renewal extends PanacheEntityBase {
  @Id
  @Column(name = "connection_id")
  private UUID connectionId;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  private long generation;
  private int attempt;
  private boolean staged;
  private int failures;

  @Column(name = "due_at")
  private Instant dueAt;

  @Column(name = "leased_by")
  private Integer leasedBy;

  @Column(name = "leased_until")
  private Instant leasedUntil;

  protected Renewal() {}

  static Renewal of(Connection connection, Kind kind, Instant now) {
    var renewal = new Renewal();
    renewal.connectionId = connection.connectionId().value();
    renewal.kind = kind;
    renewal.generation = connection.generation();
    renewal.dueAt = now;
    return renewal;
  }

  /// Begins anew if it is about an earlier token, whose failures say nothing of this one.
  void follow(Connection connection, Kind current, Instant now) {
    if (generation != connection.generation() || kind != current) {
      generation = connection.generation();
      kind = current;
      staged = false;
      failures = 0;
      dueAt = now;
    }
  }

  /// Whether it is about the connection's current token.
  boolean isAbout(Connection connection) {
    return generation == connection.generation() && connection.isUsable();
  }

  /// @return the number of the attempt
  int claim(LeaseHolder holder, Instant until) {
    attempt++;
    leasedBy = holder.id();
    leasedUntil = until;
    return attempt;
  }

  boolean isHeldAt(int wanted) {
    return attempt == wanted && leasedUntil != null;
  }

  void stagedNow() {
    staged = true;
  }

  /// @param keepsStaged whether the staged token may still turn out to be good
  /// @return how long it is left alone
  Duration failed(boolean keepsStaged, Instant now) {
    failures++;
    staged = staged && keepsStaged;
    leasedBy = null;
    leasedUntil = null;
    var pause = CoolDown.after(failures);
    dueAt = now.plus(pause);
    return pause;
  }

  Duration coolsDownFor(Instant now) {
    return Duration.between(now, dueAt);
  }

  boolean isStaged() {
    return staged;
  }

  Kind kind() {
    return kind;
  }
}
