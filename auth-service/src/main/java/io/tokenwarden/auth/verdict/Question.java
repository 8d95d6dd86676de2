package io.tokenwarden.auth.verdict;

import com.fasterxml.uuid.Generators;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
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

/// Something Meta is to be asked. At most one is open per connection, generation and subject.
///
/// ```
/// open ──claimed──▶ asked ──▶ answered
///   ▲                 │
///   └──── postponed ──┘   (nothing proved, or the answers disagree)
/// ```
@Entity
@Table(name = "question")
class Question extends PanacheEntityBase {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

  /// How often a person at a checkpoint is looked after.
  static final Duration CHECKPOINT_INTERVAL = Duration.ofMinutes(15);

  /// So many contradictions and nobody can tell.
  static final int DISAGREEMENTS_LIMIT = 3;

  @Id private UUID id;

  @Column(name = "connection_id")
  private UUID connectionId;

  private long generation;

  @Enumerated(EnumType.STRING)
  private Subject subject;

  private String evidence;

  @Column(name = "opened_at")
  private Instant openedAt;

  @Column(name = "due_at")
  private Instant dueAt;

  @Column(name = "leased_until")
  private Instant leasedUntil;

  @Column(name = "leased_by")
  private Integer leasedBy;

  private int attempts;
  private int disagreements;

  @Column(name = "answered_at")
  private Instant answeredAt;

  private String answer;

  protected Question() {}

  /// One that is due now.
  static Question of(TokenSuspected suspected, Subject subject, Instant now) {
    var question = new Question();
    question.id = Generators.timeBasedEpochGenerator().generate();
    question.connectionId = suspected.connectionId().value();
    question.generation = suspected.generation();
    question.subject = subject;
    question.evidence = JsonColumn.write(suspected.graphError());
    question.openedAt = now;
    question.dueAt = now;
    return question;
  }

  /// Gives a worker the right to ask, until then or until its replica is gone.
  void claim(LeaseHolder holder, Instant until) {
    attempts++;
    leasedBy = holder.id();
    leasedUntil = until;
  }

  private void release() {
    leasedBy = null;
    leasedUntil = null;
  }

  /// Whether this attempt is still the one that may settle it.
  boolean isOpenAt(int attempt) {
    return answeredAt == null && attempts == attempt;
  }

  void answered(String with, Instant now) {
    answer = with;
    answeredAt = now;
    release();
  }

  /// Nothing was proved: asked again with growing pauses.
  void postponed(Instant now) {
    dueAfter(backoff(attempts), now);
  }

  /// The answers contradict each other.
  ///
  /// @return how often they did so far
  int disagreed(Instant now) {
    disagreements++;
    dueAfter(backoff(disagreements), now);
    return disagreements;
  }

  /// Stays open until the person has passed the check.
  void waitsForThePerson(Instant now) {
    dueAfter(CHECKPOINT_INTERVAL, now);
  }

  private void dueAfter(Duration pause, Instant now) {
    dueAt = now.plus(pause);
    release();
  }

  static Duration backoff(int attempt) {
    var doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), 10));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
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

  int attempts() {
    return attempts;
  }
}
