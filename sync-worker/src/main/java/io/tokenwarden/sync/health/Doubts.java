package io.tokenwarden.sync.health;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/// The connections that are being verified. Everything here works within the current transaction.
@ApplicationScoped
public class Doubts {
  /// As long as the gateway keeps a doubted generation in quarantine.
  static final Duration LENGTH = Duration.ofSeconds(60);

  private final Clock clock;

  @Inject
  Doubts(Clock clock) {
    this.clock = clock;
  }

  /// Nothing more is run through the connection until auth-service has spoken, or a minute has
  /// passed. Does nothing if its generation has moved on, or it is doubted already.
  ///
  /// @param generation with which the call was made; empty if the gateway did not say
  public Uni<Void> raise(ConnectionId connection, OptionalLong generation) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    update connection_state
                    set doubted_since = :now, doubted_until = :until
                    where connection_id = :connection
                      and generation = coalesce(cast(:generation as bigint), generation)
                      and (doubted_until is null or doubted_until <= :now)
                    """)
                .setParameter("now", clock.instant())
                .setParameter("until", clock.instant().plus(LENGTH))
                .setParameter("connection", connection.value())
                .setParameter("generation", generation.isPresent() ? generation.getAsLong() : null)
                .executeUpdate())
        .replaceWithVoid();
  }

  /// The doubts of a workspace that hold now.
  public Uni<Map<ConnectionId, Doubt>> of(WorkspaceId workspace) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    select connection_id, doubted_since, doubted_until from connection_state
                    where workspace_id = :workspace and doubted_until > :now
                    """,
                    Object[].class)
                .setParameter("workspace", workspace.value())
                .setParameter("now", clock.instant())
                .getResultList())
        .map(rows ->
            rows.stream()
                .map(Doubts::doubt)
                .collect(Collectors.toMap(Doubt::connection, doubt -> doubt)));
  }

  private static Doubt doubt(Object[] row) {
    return new Doubt(
        new ConnectionId((UUID) row[0]),
        ((OffsetDateTime) row[1]).toInstant(),
        ((OffsetDateTime) row[2]).toInstant());
  }
}
