package io.tokenwarden.auth.verdict;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Connections;
import io.tokenwarden.auth.connection.JsonColumn;
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
  private static final String OPEN =
      """
      insert into question (id, connection_id, generation, subject, evidence, opened_at, due_at)
      values (:id, :connection, :generation, :subject, :evidence, :now, :now)
      on conflict (connection_id, generation, subject) where answered_at is null do nothing
      """;

  private final Connections connections;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  Evidence(Connections connections, MeterRegistry metrics, Clock clock) {
    this.connections = connections;
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

  private Uni<Void> open(TokenSuspected suspected) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(OPEN)
                .setParameter("id", Generators.timeBasedEpochGenerator().generate())
                .setParameter("connection", suspected.connectionId().value())
                .setParameter("generation", suspected.generation())
                .setParameter("subject", Subject.TOKEN.name())
                .setParameter("evidence", JsonColumn.write(suspected.graphError()))
                .setParameter("now", clock.instant())
                .executeUpdate())
        .replaceWithVoid();
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
