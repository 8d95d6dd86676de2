package io.tokenwarden.auth.judge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.ClockReading;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.registry.Announcements;
import io.tokenwarden.auth.registry.Connections;
import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.ConnectionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/// The connections whose clocks have something to say. One at a time, in one transaction: nobody
/// else is asked.
@ApplicationScoped
class DueClocks {
  private static final String DUE =
      """
      select id from connection
      where next_clock_at <= :now
      order by next_clock_at
      limit 1
      for update skip locked
      """;

  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Connections connections;
  private final Announcements announcements;
  private final Doubts doubts;
  private final Clock clock;

  @Inject
  DueClocks(Connections connections, Announcements announcements, Doubts doubts, Clock clock) {
    this.connections = connections;
    this.announcements = announcements;
    this.doubts = doubts;
    this.clock = clock;
  }

  /// @return whether there was one
  @WithTransaction
  Uni<Boolean> readNext() {
    var now = clock.instant();
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(DUE, UUID.class)
                .setParameter("now", now)
                .getSingleResultOrNull())
        .chain(id ->
            id == null
                ? Uni.createFrom().item(false)
                : read(new ConnectionId(id), now).replaceWith(true));
  }

  private Uni<Void> read(ConnectionId id, Instant now) {
    return connections
        .lock(id)
        .chain(connection -> follow(connection, connection.readClocks(now), now));
  }

  /// Whether a token that should have ended has ended is for Meta to say.
  private Uni<Void> follow(Connection connection, ClockReading reading, Instant now) {
    return (reading.changed()
            ? announcements.health(connection, Origin.of("a clock"), now)
            : NOTHING)
        .chain(() -> announcements.expiring(connection, reading.told(), now))
        .chain(() ->
            reading.over()
                ? doubts.token(connection, Grounds.of("a clock that ran out", now))
                : NOTHING);
  }
}
