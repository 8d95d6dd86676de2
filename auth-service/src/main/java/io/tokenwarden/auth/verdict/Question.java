package io.tokenwarden.auth.verdict;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.uuid.Generators;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.outbox.LeaseHolder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Something Meta is to be asked. At most one is open per connection, generation and subject; about
/// an app, at most one.
///
/// ```
/// open ──claimed──▶ asked ──▶ answered
///   ▲                 │
///   ├──── postponed ──┤   nothing was proved, the answers disagree, or the token cannot be opened
///   └──── kept open ──┘   it is as bad as feared: asked again until it is over
/// ```
@Entity
@Table(name = "question")
public class Question {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final TypeReference<List<Finding>> TRAIL = new TypeReference<>() {};

  /// Enough to see how it went; the rest is repetition.
  private static final int TRAIL_LIMIT = 20;

  /// How the outcomes of attempts begin that left everything as it was.
  private static final Set<String> PROVED_NOTHING = Set.of("Unproven", "Disputed", "Unreadable");

  /// So many contradictions and nobody can tell.
  static final int DISAGREEMENTS_LIMIT = 3;

  /// What one attempt found.
  ///
  /// @param error what Meta said; null if it did not complain
  public record Finding(Instant at, String outcome, GraphErrorInfo error) {}

  @Id private UUID id;

  @Column(name = "connection_id")
  private UUID connectionId;

  private Long generation;

  @Enumerated(EnumType.STRING)
  private Subject subject;

  private String target;
  private String evidence;
  private String endpoint;

  @Column(name = "evidence_revision")
  private Long evidenceRevision;

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
  private String trail;

  @Column(name = "answered_at")
  private Instant answeredAt;

  @Column(name = "answered_revision")
  private Long answeredRevision;

  private String answer;

  protected Question() {}

  /// One that is due now.
  ///
  /// @param grounds why it is asked
  public static Question about(
      Connection connection, Inquiry inquiry, Grounds grounds, Instant now) {
    var question = about(inquiry, grounds, now);
    question.connectionId = connection.connectionId().value();
    question.generation = connection.generation();
    return question;
  }

  /// One about an app, due now.
  public static Question aboutApp(OfApp inquiry, Grounds grounds, Instant now) {
    return about(inquiry, grounds, now);
  }

  private static Question about(Inquiry inquiry, Grounds grounds, Instant now) {
    var question = new Question();
    question.id = Generators.timeBasedEpochGenerator().generate();
    question.subject = inquiry.subject();
    question.target = inquiry.target();
    question.evidence = JsonColumn.write(grounds);
    question.endpoint = grounds.endpoint();
    question.evidenceRevision = grounds.revision();
    question.openedAt = now;
    question.dueAt = now;
    question.trail = "[]";
    return question;
  }

  /// Has it asked then, if it is due sooner.
  public Question notBefore(Instant then) {
    dueAt = then.isAfter(dueAt) ? then : dueAt;
    return this;
  }

  /// Gives a worker the right to ask, until then or until its replica is gone.
  public void claim(LeaseHolder holder, Instant until) {
    attempts++;
    leasedBy = holder.id();
    leasedUntil = until;
  }

  private void release() {
    leasedBy = null;
    leasedUntil = null;
  }

  /// Whether this attempt is still the one that may settle it.
  public boolean isOpenAt(int attempt) {
    return answeredAt == null && attempts == attempt;
  }

  /// Writes down what this attempt found, whatever follows from it.
  void found(Verdict verdict, Instant now) {
    note(verdict.getClass().getSimpleName(), Grounds.info(verdict.error()), now);
  }

  private void note(String outcome, GraphErrorInfo error, Instant now) {
    var findings = new ArrayList<>(findings());
    findings.add(new Finding(now, outcome, error));
    var from = Math.max(0, findings.size() - TRAIL_LIMIT);
    trail = JsonColumn.write(findings.subList(from, findings.size()));
  }

  /// @param revision of the connection that says so; evidence older than that is answered, too
  void answered(String with, long revision, Instant now) {
    answeredRevision = revision;
    over(with, now);
  }

  /// Nobody needs to know any more.
  public void outdated(Instant now) {
    over("OUTDATED", now);
  }

  /// About an app: the answer is the app's standing.
  void over(String with, Instant now) {
    answer = with;
    answeredAt = now;
    release();
  }

  /// Nothing was proved: asked again with growing pauses.
  void postponed(Instant now) {
    dueAfter(backoff(attempts), now);
  }

  /// What it would have been asked with cannot be opened: asked again with growing pauses.
  ///
  /// @param why one word, no secret
  public void unreadable(String why, Instant now) {
    note("Unreadable " + why, null, now);
    postponed(now);
  }

  /// The answers contradict each other.
  ///
  /// @return how often they did so far
  int disagreed(Instant now) {
    disagreements++;
    dueAfter(backoff(disagreements), now);
    return disagreements;
  }

  /// It is as bad as feared: stays open until it is over.
  void keptOpen(Duration pause, Instant now) {
    dueAfter(pause, now);
  }

  /// The connection has another token by now, and the question is not about the token.
  public void askedWith(long currentGeneration) {
    generation = currentGeneration;
  }

  private void dueAfter(Duration pause, Instant now) {
    dueAt = now.plus(pause);
    release();
  }

  /// How long is waited after so many attempts in a row that proved nothing.
  public static Duration backoff(int attempt) {
    var doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), 10));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  public boolean isBeingAsked() {
    return leasedUntil != null;
  }

  /// Whether the last attempt left everything as it was.
  public boolean hasProvedNothing() {
    var findings = findings();
    return !findings.isEmpty()
        && PROVED_NOTHING.stream().anyMatch(findings.getLast().outcome()::startsWith);
  }

  /// Asked at the next opportunity.
  public void hasten(Instant now) {
    dueAt = now.isBefore(dueAt) ? now : dueAt;
  }

  public UUID id() {
    return id;
  }

  public Inquiry inquiry() {
    return Inquiry.of(subject, target);
  }

  /// Null if it is about an app.
  public ConnectionId connectionId() {
    return connectionId == null ? null : new ConnectionId(connectionId);
  }

  public long generation() {
    return generation == null ? 0 : generation;
  }

  public int attempts() {
    return attempts;
  }

  public Grounds grounds() {
    return Grounds.read(evidence);
  }

  public List<Finding> findings() {
    return JsonColumn.read(trail, TRAIL);
  }

  public Instant openedAt() {
    return openedAt;
  }

  /// When it is asked next, if it is open.
  Instant dueAt() {
    return dueAt;
  }

  public Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  public Optional<String> answer() {
    return Optional.ofNullable(answer);
  }
}
