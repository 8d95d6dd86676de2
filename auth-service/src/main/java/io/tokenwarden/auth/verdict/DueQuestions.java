package io.tokenwarden.auth.verdict;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.auth.verdict.AskedQuestion.About;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.outbox.Replica;
import io.tokenwarden.outbox.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The questions that are due to be asked. Claiming one leases it for longer than asking can take,
/// so that no two replicas ask it at once; when its replica is gone, another may claim it.
@ApplicationScoped
class DueQuestions implements PanacheRepositoryBase<Question, UUID> {
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final String DUE =
      """
      select id from question
      where answered_at is null and due_at <= :now
        and (leased_until is null or leased_until <= :now or not lease_holder_lives(leased_by))
      order by due_at
      limit 1
      for update skip locked
      """;

  private static final String WAKE =
      "select cast(pg_notify('question_' || current_schema(), '') as text)";

  private static final String SAME =
      "connectionId = ?1 and generation = ?2 and subject = ?3 and target = ?4";

  private static final Uni<Optional<AskedQuestion>> NONE = Uni.createFrom().item(Optional.empty());
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Replica replica;
  private final Connections connections;
  private final Vault vault;
  private final MetaApps apps;
  private final TransactionLock lock;
  private final Clock clock;

  @Inject
  DueQuestions(
      Replica replica,
      Connections connections,
      Vault vault,
      MetaApps apps,
      TransactionLock lock,
      Clock clock) {
    this.replica = replica;
    this.connections = connections;
    this.vault = vault;
    this.apps = apps;
    this.lock = lock;
    this.clock = clock;
  }

  // ---- opening

  /// Opens a question about a connection whose row is locked, unless it is open already.
  Uni<Void> open(Connection connection, Inquiry inquiry, Grounds grounds) {
    return isOpen(connection.connectionId(), connection.generation(), inquiry)
        .chain(open ->
            open
                ? NOTHING
                : persist(Question.about(connection, inquiry, grounds, clock.instant()))
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
  Uni<Optional<AskedQuestion>> claim() {
    return replica.leaseHolder().map(this::claim).orElse(NONE);
  }

  private Uni<Optional<AskedQuestion>> claim(LeaseHolder holder) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(DUE, UUID.class)
                .setParameter("now", clock.instant())
                .getSingleResultOrNull())
        .chain(id -> id == null ? NONE : findById(id).chain(question -> lease(question, holder)));
  }

  private Uni<Optional<AskedQuestion>> lease(Question question, LeaseHolder holder) {
    question.claim(holder, clock.instant().plus(LEASE));
    return switch (question.inquiry()) {
      case OfApp(var appId) ->
          apps.find(appId)
              .map(app -> orOutdated(question, app.map(known -> asked(question, known, null))));
      case Inquiry.OfToken _, Inquiry.OfBlock _, Inquiry.OfPermissions _, Inquiry.OfAsset _ ->
          connections.find(question.connectionId()).chain(found -> equip(question, found));
    };
  }

  private Uni<Optional<AskedQuestion>> equip(Question question, Connection connection) {
    return isStillAsked(question, connection)
        .chain(asked ->
            asked
                ? apps.find(connection.appId())
                    .chain(app -> equip(question, connection, app))
                    .map(equipped -> orOutdated(question, equipped))
                : Uni.createFrom().item(orOutdated(question, Optional.empty())));
  }

  /// A question about an asset outlives the token it was first asked with; any other does not.
  private Uni<Boolean> isStillAsked(Question question, Connection connection) {
    if (connection.generation() == question.generation()) {
      return Uni.createFrom().item(true);
    }
    return question.inquiry() instanceof Inquiry.OfAsset && connection.isUsable()
        ? isOpen(connection.connectionId(), connection.generation(), question.inquiry())
            .invoke(another -> {
              if (!another) {
                question.askedWith(connection.generation());
              }
            })
            .map(another -> !another)
        : Uni.createFrom().item(false);
  }

  private Uni<Optional<AskedQuestion>> equip(
      Question question, Connection connection, Optional<MetaApp> app) {
    return app.isEmpty()
        ? NONE
        : vault
            .open(connection.tokenAddress())
            .map(kept ->
                kept.map(token ->
                    asked(
                        question,
                        app.get(),
                        new About(
                            connection.connectionId(),
                            connection.generation(),
                            connection.metaUserId(),
                            token))));
  }

  private static AskedQuestion asked(Question question, MetaApp app, About about) {
    return new AskedQuestion(question.id(), question.attempts(), question.inquiry(), app, about);
  }

  /// What cannot be asked any more is over.
  private Optional<AskedQuestion> orOutdated(Question question, Optional<AskedQuestion> equipped) {
    if (equipped.isEmpty()) {
      question.outdated(clock.instant());
    }
    return equipped;
  }
}
