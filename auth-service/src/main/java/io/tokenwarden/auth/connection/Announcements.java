package io.tokenwarden.auth.connection;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Says that a connection changed.
@ApplicationScoped
public class Announcements {
  private final Outbox outbox;
  private final Clock clock;

  @Inject
  Announcements(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Every change is announced here, whatever else is said of it.
  public Uni<Void> health(Connection connection) {
    return outbox.add(new TokenHealth(connection.state(clock.instant())));
  }
}
