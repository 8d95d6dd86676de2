package io.tokenwarden.refresher.due;

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
  Instant dueAt;
  int attempts;
  String lastFailure;
  UUID lease;
  Instant leasedUntil;
  Instant doneAt;

  DueRow() {}

  void leaseTo(UUID worker, Instant until) {
    lease = worker;
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
    leasedUntil = null;
  }
}
