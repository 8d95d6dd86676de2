package io.tokenwarden.auth.access;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.access.AccessSnapshot.Business;
import io.tokenwarden.contracts.ConnectionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;

/// The businesses that a connection's person works for. They explain where assets come from, and
/// nothing hangs on them.
@ApplicationScoped
public class Businesses {
  private static final String SEEN =
      """
      insert into business (connection_id, business_id, name, seen_at)
      values (:connection, :business, :name, :now)
      on conflict (connection_id, business_id) do update set name = excluded.name, seen_at = excluded.seen_at
      """;

  private static final String NOT_SEEN =
      "delete from business where connection_id = :connection and seen_at < :now";

  private static final String FORGET = "delete from business where connection_id = :connection";

  private static final String ALL =
      """
      select business_id, name from business where connection_id = :connection order by business_id
      """;

  Uni<Void> seen(ConnectionId connection, AccessSnapshot snapshot, Instant now) {
    return snapshot.businesses() == null
        ? Uni.createFrom().voidItem()
        : Multi.createFrom()
            .iterable(snapshot.businesses())
            .onItem()
            .transformToUniAndConcatenate(business -> seen(connection, business, now))
            .collect()
            .last()
            .chain(
                () -> snapshot.complete() ? forget(connection, now) : Uni.createFrom().voidItem());
  }

  private static Uni<Integer> seen(ConnectionId connection, Business business, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(SEEN)
                .setParameter("connection", connection.value())
                .setParameter("business", business.id())
                .setParameter("name", business.name())
                .setParameter("now", now)
                .executeUpdate());
  }

  private static Uni<Void> forget(ConnectionId connection, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(NOT_SEEN)
                .setParameter("connection", connection.value())
                .setParameter("now", now)
                .executeUpdate())
        .replaceWithVoid();
  }

  /// Whom the person works for is forgotten with the person.
  public Uni<Void> forget(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(FORGET)
                .setParameter("connection", connection.value())
                .executeUpdate())
        .replaceWithVoid();
  }

  Uni<List<Business>> of(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(ALL, Tuple.class)
                .setParameter("connection", connection.value())
                .getResultList())
        .map(rows ->
            rows.stream()
                .map(row ->
                    new Business(
                        row.get("business_id", String.class), row.get("name", String.class)))
                .toList());
  }
}
