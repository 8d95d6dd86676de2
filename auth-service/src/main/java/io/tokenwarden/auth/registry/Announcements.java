package io.tokenwarden.auth.registry;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.connection.ScopeChange;
import io.tokenwarden.contracts.ConnectionEvent.ScopeMissing;
import io.tokenwarden.contracts.ConnectionEvent.ScopeRestored;
import io.tokenwarden.contracts.ConnectionEvent.TokenExpiring;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ExpiryClock;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;

/// Says that a connection changed. All that is said of one revision carries the same time, to the
/// nanosecond.
@ApplicationScoped
public class Announcements {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final Outbox outbox;
  private final Journal journal;

  @Inject
  Announcements(Outbox outbox, Journal journal) {
    this.outbox = outbox;
    this.journal = journal;
  }

  /// Every change is announced here, whatever else is said of it, and written into the journal.
  ///
  /// @param now the time of the change
  public Uni<Void> health(Connection connection, Origin origin, Instant now) {
    return outbox
        .add(new TokenHealth(connection.state(now)))
        .chain(() -> journal.write(connection, origin, now));
  }

  /// What is missing now and was not before; what was not granted before and is now.
  public Uni<Void> scopes(Connection connection, ScopeChange change, Instant now) {
    return missing(connection, change, now).chain(() -> restored(connection, change, now));
  }

  private Uni<Void> missing(Connection connection, ScopeChange change, Instant now) {
    return change.lost().isEmpty()
        ? NOTHING
        : outbox.add(
            new ScopeMissing(
                connection.state(now),
                change.missing().scopes(),
                change.blocked(),
                change.remedy()));
  }

  private Uni<Void> restored(Connection connection, ScopeChange change, Instant now) {
    return change.appeared().isEmpty()
        ? NOTHING
        : outbox.add(
            new ScopeRestored(
                connection.state(now), change.appeared(), change.blocked(), change.remedy()));
  }

  /// Clocks that only a person can wind.
  public Uni<Void> expiring(Connection connection, Map<ExpiryClock, Integer> told, Instant now) {
    return Multi.createFrom()
        .iterable(told.entrySet())
        .onItem()
        .transformToUniAndConcatenate(clock ->
            outbox.add(new TokenExpiring(connection.state(now), clock.getKey(), clock.getValue())))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
