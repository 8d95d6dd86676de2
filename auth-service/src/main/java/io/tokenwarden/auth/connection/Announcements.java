package io.tokenwarden.auth.connection;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/// Says that a connection changed.
@ApplicationScoped
public class Announcements {
  private final Outbox outbox;

  @Inject
  Announcements(Outbox outbox) {
    this.outbox = outbox;
  }

  /// Every change is announced here, whatever else is said of it.
  ///
  /// @param now the time of the change: all that is said of one revision is the same, to the
  ///   nanosecond
  public Uni<Void> health(Connection connection, Instant now) {
    return outbox.add(new TokenHealth(connection.state(now)));
  }
}
