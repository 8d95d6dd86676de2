package io.tokenwarden.auth.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.Health;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Every revision of a connection, and how it came about.
@ApplicationScoped
public class Journal {
  private static final TypeReference<Health> HEALTH = new TypeReference<>() {};

  private static final String INSERT =
      """
      insert into connection_journal
        (connection_id, revision, generation, at, cause, question_id, health)
      values
        (:connection, :revision, :generation, :at, :cause,
         cast(cast(:question as text) as uuid), :health)
      on conflict (connection_id, revision) do nothing
      """;

  private static final String UNTIL =
      """
      select revision, generation, at, cause, question_id, health from connection_journal
      where connection_id = :connection and at <= :at
      order by revision desc
      limit :limit
      """;

  /// One revision.
  public record Entry(
      long revision,
      long generation,
      Instant at,
      String cause,
      Optional<UUID> question,
      Health health) {}

  /// In the transaction of the change.
  Uni<Void> write(Connection connection, Origin origin, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(INSERT)
                .setParameter("connection", connection.connectionId().value())
                .setParameter("revision", connection.revision())
                .setParameter("generation", connection.generation())
                .setParameter("at", now)
                .setParameter("cause", origin.what())
                .setParameter("question", origin.question().map(UUID::toString).orElse(null))
                .setParameter("health", JsonColumn.write(connection.health()))
                .executeUpdate())
        .replaceWithVoid();
  }

  /// The revisions a connection had by then, the latest first.
  public Uni<List<Entry>> until(ConnectionId connection, Instant at, int limit) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(UNTIL, Tuple.class)
                .setParameter("connection", connection.value())
                .setParameter("at", at)
                .setParameter("limit", limit)
                .getResultList())
        .map(rows -> rows.stream().map(Journal::entry).toList());
  }

  private static Entry entry(Tuple row) {
    return new Entry(
        row.get("revision", Number.class).longValue(),
        row.get("generation", Number.class).longValue(),
        row.get("at", OffsetDateTime.class).toInstant(),
        row.get("cause", String.class),
        Optional.ofNullable(row.get("question_id", UUID.class)),
        JsonColumn.read(row.get("health", String.class), HEALTH));
  }
}
