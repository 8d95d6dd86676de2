package io.tokenwarden.auth.audit;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Adds entries within the current transaction: what cannot be written down does not happen.
@ApplicationScoped
public class AuditLog {
  private static final String INSERT =
      """
      insert into audit_log (at, actor, action, workspace_id, connection_id, detail)
      values (:at, :actor, :action, :workspace, cast(cast(:connection as text) as uuid), :detail)
      """;

  private final Clock clock;

  @Inject
  AuditLog(Clock clock) {
    this.clock = clock;
  }

  /// @param actor the subject of the caller's bearer, or the service's own name
  /// @param action a dotted name, such as `credential.leased`
  /// @param connection null where the action concerns none
  /// @param detail for a person; never a secret
  public Uni<Void> add(
      String actor, String action, WorkspaceId workspace, ConnectionId connection, String detail) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(INSERT)
                .setParameter("at", clock.instant())
                .setParameter("actor", actor)
                .setParameter("action", action)
                .setParameter("workspace", workspace.value())
                .setParameter("connection", connection == null ? null : connection.toString())
                .setParameter("detail", detail)
                .executeUpdate())
        .replaceWithVoid();
  }
}
