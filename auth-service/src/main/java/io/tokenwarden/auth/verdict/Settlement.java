package io.tokenwarden.auth.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.access.Assets;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Announcements;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.verdict.Verdict.Alive;
import io.tokenwarden.auth.verdict.Verdict.Checkpoint;
import io.tokenwarden.auth.verdict.Verdict.Dead;
import io.tokenwarden.auth.verdict.Verdict.Disputed;
import io.tokenwarden.auth.verdict.Verdict.Unproven;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpired;
import io.tokenwarden.contracts.ConnectionEvent.TokenInactive;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import io.tokenwarden.graph.GraphError;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Writes verdicts down. Condition, revision and events are one transaction under the lock of the
/// connection; a verdict on any generation but the current one changes nothing.
@ApplicationScoped
class Settlement {
  private static final String ACTOR = "auth-service";

  private final Connections connections;
  private final DueQuestions questions;
  private final Assets assets;
  private final Announcements announcements;
  private final Outbox outbox;
  private final AuditLog audit;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  Settlement(
      Connections connections,
      DueQuestions questions,
      Assets assets,
      Announcements announcements,
      Outbox outbox,
      AuditLog audit,
      MeterRegistry metrics,
      Clock clock) {
    this.connections = connections;
    this.questions = questions;
    this.assets = assets;
    this.announcements = announcements;
    this.outbox = outbox;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  @WithTransaction
  Uni<Void> settle(AskedQuestion asked, Verdict verdict) {
    metrics
        .counter("tokenwarden.verdicts", "verdict", verdict.getClass().getSimpleName())
        .increment();
    return connections
        .lock(asked.connection())
        .chain(connection ->
            questions
                .findById(asked.id())
                .chain(question -> settle(asked, connection, question, verdict)));
  }

  private Uni<Void> settle(
      AskedQuestion asked, Connection connection, Question question, Verdict verdict) {
    return switch (Fence.of(asked, connection, question)) {
      case SETTLED -> Uni.createFrom().voidItem();
      case OUTDATED -> outdated(question);
      case CURRENT -> write(verdict, connection, question);
    };
  }

  private Uni<Void> outdated(Question question) {
    question.answered("OUTDATED", clock.instant());
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> write(Verdict verdict, Connection connection, Question question) {
    return switch (verdict) {
      case Alive _ -> alive(connection, question);
      case Dead dead -> dead(connection, question, dead);
      case Checkpoint _ -> checkpoint(connection, question);
      case Disputed _ -> disputed(connection, question);
      case Unproven _ -> unproven(question);
    };
  }

  private Uni<Void> alive(Connection connection, Question question) {
    var now = clock.instant();
    question.answered("ALIVE", now);
    connection.verified(now);
    return announcements.health(connection, now);
  }

  private Uni<Void> dead(Connection connection, Question question, Dead dead) {
    var now = clock.instant();
    question.answered("DEAD " + dead.reason(), now);
    connection.expired(dead.reason(), now);
    return assets
        .adAccounts(connection.connectionId())
        .map(affected ->
            TokenExpired.of(
                connection.state(now),
                dead.reason(),
                Remedy.RECONNECT,
                info(dead.error()),
                affected))
        .chain(outbox::add)
        .chain(() -> announcements.health(connection, now))
        .chain(() -> record(connection, "token.expired", dead.reason()));
  }

  private Uni<Void> checkpoint(Connection connection, Question question) {
    var now = clock.instant();
    question.waitsForThePerson(now);
    return connection.checkpoint(now)
        ? announcements.health(connection, now)
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> disputed(Connection connection, Question question) {
    var now = clock.instant();
    if (question.disagreed(now) < Question.DISAGREEMENTS_LIMIT) {
      return Uni.createFrom().voidItem();
    }
    question.answered("DISPUTED", now);
    connection.unverifiable(now);
    return outbox
        .add(new TokenInactive(connection.state(now), Reason.UNVERIFIABLE, Remedy.RECONNECT))
        .chain(() -> announcements.health(connection, now))
        .chain(() -> record(connection, "token.inactive", Reason.UNVERIFIABLE));
  }

  private Uni<Void> unproven(Question question) {
    question.postponed(clock.instant());
    return Uni.createFrom().voidItem();
  }

  private Uni<Void> record(Connection connection, String action, Reason reason) {
    return audit.add(
        ACTOR, action, connection.workspace(), connection.connectionId(), reason.name());
  }

  private static GraphErrorInfo info(GraphError error) {
    return new GraphErrorInfo(
        error.code(), error.subcode(), error.type(), error.httpStatus(), error.fbtraceId());
  }

  /// What a verdict is worth by the time it is there.
  enum Fence {
    CURRENT,
    /// The question was settled meanwhile, or claimed by another.
    SETTLED,
    /// About a token that was replaced since.
    OUTDATED;

    static Fence of(AskedQuestion asked, Connection connection, Question question) {
      if (!question.isOpenAt(asked.attempt())) {
        return SETTLED;
      }
      return connection.generation() == asked.generation() ? CURRENT : OUTDATED;
    }
  }
}
