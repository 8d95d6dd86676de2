package io.tokenwarden.auth.restore;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// One leap of all connections that there were at its beginning, in the order of their ids. How far
/// it is moves in the transaction of each batch, so that every connection leaps once.
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

  void finished(Instant now) {
    finishedAt = now;
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

  RestoreView view() {
    return new RestoreView(id, startedAt, startedBy, total, done, finishedAt);
  }
}
