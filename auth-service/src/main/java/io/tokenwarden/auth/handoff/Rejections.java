package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Writes down what was refused, each in a transaction of its own: the refusal undoes whatever else
/// was under way. The secrets that came are never part of it.
@ApplicationScoped
class Rejections {
  /// Whoever holds the browser has no name.
  private static final String BROWSER = "browser";

  private final AuditLog audit;

  @Inject
  Rejections(AuditLog audit) {
    this.audit = audit;
  }

  /// Of a browser that belongs to no handoff we know: the operators' to read.
  Uni<Void> ofNobody(Rejection why) {
    return add(BROWSER, "handoff.rejected", WorkspaceId.ALL, null, why.name());
  }

  /// Of a browser that brought something of this handoff.
  Uni<Void> of(Handoff handoff, Rejection why) {
    return add(
        BROWSER,
        "handoff.rejected",
        handoff.workspace(),
        handoff.connection().orElse(null),
        why + ", handoff " + handoff.id());
  }

  /// Of a caller with a bearer, before there was a handoff.
  Uni<Void> of(String caller, WorkspaceId workspace, Rejection why) {
    return add(caller, "handoff.rejected", workspace, null, why.name());
  }

  /// Of a token, whether it came from a code or was pasted.
  Uni<Void> ofToken(String by, WorkspaceId workspace, ConnectionId connection, Refusal why) {
    return add(by, "token.refused", workspace, connection, why.name());
  }

  private Uni<Void> add(
      String actor, String action, WorkspaceId workspace, ConnectionId connection, String detail) {
    return Panache.withTransaction(() -> audit.add(actor, action, workspace, connection, detail));
  }
}
