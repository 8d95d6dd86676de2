package io.tokenwarden.auth.restore;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.restore.RestoreView.Skipped;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// One leap of all connections that there were at its beginning, in the order of their ids. How far
/// it is moves in the transaction of each batch, so that every connection leaps once, or is
/// skipped.
@Entity
@Table(name = "restore_run")
class RestoreRun extends PanacheEntityBase {
  @Id private UUID id;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "started_by")
  private String startedBy;

  private long total;
  private long done;

  @Column(name = "done_through")
  private UUID doneThrough;

  @Column(name = "last_one")
  private UUID lastOne;

  @Column(name = "finished_at")
  private Instant finishedAt;

  protected RestoreRun() {}

  void did(UUID connection) {
    done++;
    doneThrough = connection;
  }

  /// It could not leap; the run goes on behind it.
  void skipped(UUID connection) {
    doneThrough = connection;
  }

  void finished(Instant now) {
    finishedAt = now;
  }

  long done() {
    return done;
  }

  UUID doneThrough() {
    return doneThrough;
  }

  UUID lastOne() {
    return lastOne;
  }

  String startedBy() {
    return startedBy;
  }

  UUID id() {
    return id;
  }

  RestoreView view(long skipped, List<Skipped> skippedConnections) {
    return new RestoreView(
        id, startedAt, startedBy, total, done, skipped, skippedConnections, finishedAt);
  }
}
