package io.tokenwarden.auth.ending;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.connection.Announcements;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.Origin;
import io.tokenwarden.auth.handle.Handles;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionEvent.TokenDisconnected;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Ends a connection: the token is deleted, a new generation fences off whatever is still under way
/// with it, its handles are revoked, and everybody is told. One transaction, which holds the lock
/// of the connection's row.
@ApplicationScoped
public class Endings {
  private final Vault vault;
  private final Handles handles;
  private final Announcements announcements;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  @Inject
  Endings(
      Vault vault,
      Handles handles,
      Announcements announcements,
      Outbox outbox,
      AuditLog audit,
      Clock clock) {
    this.vault = vault;
    this.handles = handles;
    this.announcements = announcements;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /// @param as DISCONNECTED, or ARCHIVED if it is put away, too
  /// @param revokedAtMeta whether Meta does not know the token any more either
  /// @param by the subject of whoever ends it
  /// @param why for the audit log, such as `the person removed the app`
  public Uni<Void> end(
      Connection connection, Lifecycle as, boolean revokedAtMeta, String by, String why) {
    var now = clock.instant();
    connection.ended(as);
    var action = as == Lifecycle.ARCHIVED ? "archived" : "disconnected";
    return vault
        .forget(connection.connectionId())
        .chain(() -> handles.revokeAllOf(connection, by))
        .chain(() ->
            outbox.add(
                new TokenDisconnected(
                    connection.state(now), revokedAtMeta, as == Lifecycle.ARCHIVED)))
        .chain(() -> announcements.health(connection, Origin.of(action), now))
        .chain(() ->
            audit.add(
                by,
                "connection." + action,
                connection.workspace(),
                connection.connectionId(),
                "%s, generation %d".formatted(why, connection.generation())));
  }
}
