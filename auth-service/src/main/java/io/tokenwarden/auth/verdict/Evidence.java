package io.tokenwarden.auth.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.contracts.Event;
import io.tokenwarden.contracts.EventMeta;
import io.tokenwarden.contracts.EvidenceEvent.TokenSuspected;
import io.tokenwarden.outbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Takes what others saw. Evidence opens a question and does nothing else; what is about another
/// generation, or older than the last answer, not even that.
@ApplicationScoped
class Evidence implements EventHandler {
  private final Connections connections;
  private final DueQuestions questions;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  Evidence(Connections connections, DueQuestions questions, MeterRegistry metrics, Clock clock) {
    this.connections = connections;
    this.questions = questions;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public Uni<Void> handle(EventMeta meta, Event event) {
    return event instanceof TokenSuspected suspected
        ? weigh(suspected)
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> weigh(TokenSuspected suspected) {
    return connections
        .lock(suspected.connectionId())
        .chain(connection -> {
          var weight = Weight.of(connection, suspected);
          metrics.counter("tokenwarden.evidence", "weight", weight.name()).increment();
          return weight == Weight.NEW ? open(suspected) : Uni.createFrom().voidItem();
        });
  }

  /// Under the lock of the connection, so no other evidence opens it at the same time.
  private Uni<Void> open(TokenSuspected suspected) {
    return questions
        .isOpen(suspected.connectionId(), suspected.generation(), Subject.TOKEN)
        .chain(open ->
            open
                ? Uni.createFrom().voidItem()
                : questions
                    .persist(Question.of(suspected, Subject.TOKEN, clock.instant()))
                    .replaceWithVoid());
  }

  /// What a piece of evidence is worth.
  enum Weight {
    NEW,
    /// Nothing is known of the connection.
    UNKNOWN,
    /// About a token that was replaced since.
    STALE,
    /// Meta was asked since, or the token is known to be unusable anyway.
    ANSWERED;

    static Weight of(Connection connection, TokenSuspected suspected) {
      if (connection == null || !connection.workspace().equals(suspected.workspaceId())) {
        return UNKNOWN;
      }
      if (connection.generation() != suspected.generation()) {
        return STALE;
      }
      return connection.hasAnswered(suspected.revision()) || !connection.isUsable()
          ? ANSWERED
          : NEW;
    }
  }
}
