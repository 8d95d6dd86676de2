package io.tokenwarden.auth.judge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.auth.verdict.Inquiry;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Question;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.DueRows;
import io.tokenwarden.outbox.Leased;
import io.tokenwarden.outbox.Leasing;
import io.tokenwarden.outbox.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The questions that are due to be asked. Claiming one leases it for longer than asking can take,
/// so that no two replicas ask it at once; when its replica is gone, another may claim it.
@ApplicationScoped
class DueQuestions implements PanacheRepositoryBase<Question, UUID> {
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final DueRows<Question> DUE =
      DueRows.of(Question.class, "select * from question", "answered_at is null", LEASE);

  private static final String WAKE =
      "select cast(pg_notify('question_' || current_schema(), '') as text)";

  private static final String SAME =
      "connectionId = ?1 and generation = ?2 and subject = ?3 and target = ?4";

  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Leasing leasing;
  private final TransactionLock lock;
  private final Clock clock;

  @Inject
  DueQuestions(Leasing leasing, TransactionLock lock, Clock clock) {
    this.leasing = leasing;
    this.lock = lock;
    this.clock = clock;
  }

  // ---- opening

  /// Opens a question about a connection whose row is locked, unless it is open already.
  Uni<Void> open(Connection connection, Inquiry inquiry, Grounds grounds) {
    return open(connection, inquiry, grounds, clock.instant());
  }

  /// @param from before then it is not asked
  Uni<Void> open(Connection connection, Inquiry inquiry, Grounds grounds, Instant from) {
    return isOpen(connection.connectionId(), connection.generation(), inquiry)
        .chain(open ->
            open
                ? NOTHING
                : persist(
                        Question.about(connection, inquiry, grounds, clock.instant())
                            .notBefore(from))
                    .replaceWithVoid());
  }

  /// Opens a question about an app, unless it is open already.
  Uni<Void> openAboutApp(String appId, Grounds grounds) {
    var inquiry = new OfApp(appId);
    return lock.take("app/" + appId)
        .chain(() ->
            count(
                "subject = ?1 and target = ?2 and answeredAt is null",
                inquiry.subject(),
                inquiry.target()))
        .chain(open ->
            open > 0
                ? NOTHING
                : persist(Question.aboutApp(inquiry, grounds, clock.instant())).replaceWithVoid());
  }

  /// Whether Meta is to be asked this already.
  Uni<Boolean> isOpen(ConnectionId connection, long generation, Inquiry inquiry) {
    return count(
            SAME + " and answeredAt is null",
            connection.value(),
            generation,
            inquiry.subject(),
            inquiry.target())
        .map(open -> open > 0);
  }

  /// Whether Meta was asked this after that revision.
  Uni<Boolean> isAnswered(
      ConnectionId connection, long generation, Inquiry inquiry, long evidenceRevision) {
    return count(
            SAME + " and answeredRevision > ?5",
            connection.value(),
            generation,
            inquiry.subject(),
            inquiry.target(),
            evidenceRevision)
        .map(answered -> answered > 0);
  }

  /// Has all that is open about a connection asked at the next opportunity.
  ///
  /// @return what is open
  Uni<List<Question>> hasten(Connection connection) {
    var now = clock.instant();
    return list(
            "connectionId = ?1 and generation = ?2 and answeredAt is null",
            connection.connectionId().value(),
            connection.generation())
        .invoke(open -> open.forEach(question -> question.hasten(now)))
        .call(this::wake);
  }

  private Uni<?> wake() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(WAKE, String.class).getSingleResult());
  }

  // ---- claiming

  /// The one that has waited longest; empty if none is due.
  @WithTransaction
  Uni<Optional<ClaimedQuestion>> claim() {
    return leasing.next(DUE).map(found -> found.map(DueQuestions::claimed));
  }

  private static ClaimedQuestion claimed(Leased<Question> leased) {
    var question = leased.row();
    question.claim(leased.by(), leased.until());
    return new ClaimedQuestion(question.id(), question.attempts());
  }
}
