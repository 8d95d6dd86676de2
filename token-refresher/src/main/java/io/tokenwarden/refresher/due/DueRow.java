package io.tokenwarden.refresher.due;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.LeaseHolder;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// One piece of due work. Whoever changes it holds the lock of its row.
@Entity
@Table(name = "due_work")
class DueRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  UUID connectionId;

  @Enumerated(EnumType.STRING)
  WorkKind kind;

  long generation;

  /// As the connection's state has it.
  Instant wantedFrom;

  /// As it turned out: also after what was tried.
  Instant dueAt;

  int attempts;
  String lastFailure;
  UUID lease;
  Instant leasedUntil;
  Integer leasedBy;
  Instant doneAt;

  DueRow() {}

  /// Work that was never tried.
  static DueRow of(ConnectionId connection, Wanted wanted, Instant now) {
    var row = new DueRow();
    row.connectionId = connection.value();
    row.kind = wanted.kind();
    row.beginAnew(wanted, now);
    return row;
  }

  /// A newer generation starts afresh, and whoever works for the older one settles nothing. So does
  /// the same generation if it is wanted at another time by now; whoever is at it goes on.
  ///
  /// @return whether it did; if not, nothing changed
  boolean follow(Wanted wanted, Instant now) {
    if (wanted.generation() < generation) {
      return false;
    }
    if (wanted.generation() > generation) {
      release();
      doneAt = null;
      beginAnew(wanted, now);
      return true;
    }
    if (wanted.from().equals(wantedFrom)) {
      return false;
    }
    beginAnew(wanted, now);
    return true;
  }

  private void beginAnew(Wanted wanted, Instant now) {
    generation = wanted.generation();
    wantedFrom = wanted.from();
    dueAt = wanted.from().isAfter(now) ? wanted.from() : now;
    attempts = 0;
    lastFailure = null;
  }

  /// Gives a worker the right to do it, until then or until its replica is gone.
  void leaseTo(UUID worker, LeaseHolder holder, Instant until) {
    lease = worker;
    leasedBy = holder.id();
    leasedUntil = until;
  }

  boolean isLeasedTo(UUID worker) {
    return worker.equals(lease);
  }

  void done(Instant now, Instant next) {
    release();
    attempts = 0;
    lastFailure = null;
    doneAt = now;
    dueAt = next;
  }

  void postpone(String failure, Instant next) {
    release();
    attempts++;
    lastFailure = failure;
    dueAt = next;
  }

  private void release() {
    lease = null;
    leasedBy = null;
    leasedUntil = null;
  }
}
