package io.tokenwarden.auth.refresh;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.judge.Doubts;
import io.tokenwarden.auth.judge.Doubts.Progress;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.Remedy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Has Meta asked about a connection now: its token, its permissions, and whatever is waiting to be
/// asked again. The questions are the same as those that evidence opens, and are answered the same
/// way; this only waits for the answers, for a while.
@ApplicationScoped
class Verification {
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Connections connections;
  private final Doubts doubts;
  private final Clock clock;

  @Inject
  Verification(Connections connections, Doubts doubts, Clock clock) {
    this.connections = connections;
    this.doubts = doubts;
    this.clock = clock;
  }

  /// Opens the questions. Within a transaction that holds the lock of the connection's row.
  Uni<List<Doubts.Watch>> ask(Connection connection, String by) {
    return doubts.everything(connection, Grounds.of("asked by " + by, clock.instant()));
  }

  /// Waits for the answers; within no transaction.
  Uni<Answer> await(ConnectionId connection, List<Doubts.Watch> asked) {
    return progress(asked)
        .onItem()
        .delayIt()
        .by(GLANCE)
        .repeat()
        .atMost(PATIENCE.dividedBy(GLANCE))
        .filter(progress -> progress != Progress.WAITING)
        .toUni()
        .chain(progress -> answer(connection, progress == null ? Progress.WAITING : progress));
  }

  private Uni<Progress> progress(List<Doubts.Watch> asked) {
    return Uni.createFrom().deferred(() -> Panache.withSession(() -> doubts.progress(asked)));
  }

  private Uni<Answer> answer(ConnectionId id, Progress progress) {
    return Panache.withSession(
        () -> connections.find(id).map(connection -> answer(connection, progress)));
  }

  static Answer answer(Connection connection, Progress progress) {
    var outcome = outcome(connection, progress);
    var answer = Answer.of(outcome, connection).remedy(remedy(connection));
    return switch (outcome) {
      case PENDING, UNAVAILABLE -> answer.retryAfter(SOON);
      default -> answer;
    };
  }

  private static Outcome outcome(Connection connection, Progress progress) {
    var health = connection.health();
    if (connection.lifecycle() != Lifecycle.CONNECTED) {
      return Outcome.OVERTAKEN;
    }
    // at a checkpoint nothing else is answered
    var atCheckpoint = health.condition(ConditionKind.CHECKPOINT).isPresent();
    return switch (health.tokenStatus()) {
      case EXPIRED -> Outcome.EXPIRED;
      case INACTIVE -> Outcome.INACTIVE;
      case ACTIVE ->
          switch (progress) {
            case WAITING -> Outcome.PENDING;
            case UNPROVEN -> atCheckpoint ? Outcome.CHECKPOINT : Outcome.UNAVAILABLE;
            case DONE -> atCheckpoint ? Outcome.CHECKPOINT : Outcome.VERIFIED;
          };
    };
  }

  /// Of the gravest condition that has one.
  private static Remedy remedy(Connection connection) {
    return connection.lifecycle() == Lifecycle.CONNECTED
        ? connection.health().conditions().stream()
            .map(Condition::remedy)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null)
        : Remedy.RECONNECT;
  }
}
