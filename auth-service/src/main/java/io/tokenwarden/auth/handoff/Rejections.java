package io.tokenwarden.auth.handoff;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.audit.AuditLog;
import io.tokenwarden.auth.audit.RefusalKind;
import io.tokenwarden.auth.audit.RefusalLog;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Writes down what was refused, each in a transaction of its own: the refusal undoes whatever else
/// was under way. The secrets that came are never part of it. Anybody can open an address in a
/// browser: of those refusals many that are alike are counted.
@ApplicationScoped
class Rejections {
  /// Whoever holds the browser has no name.
  private static final String BROWSER = "browser";

  private static final String REJECTED = "handoff.rejected";

  private final AuditLog audit;
  private final RefusalLog refusals;

  @Inject
  Rejections(AuditLog audit, RefusalLog refusals) {
    this.audit = audit;
    this.refusals = refusals;
  }

  /// Of a browser that belongs to no handoff we know: the operators' to read.
  Uni<Void> ofNobody(Rejection why) {
    return refusals.add(kind(WorkspaceId.ALL, why));
  }

  /// Of a browser that brought something of this handoff.
  Uni<Void> of(Handoff handoff, Rejection why) {
    return refusals.add(
        kind(handoff.workspace(), why),
        handoff.connection().orElse(null),
        ", handoff " + handoff.id());
  }

  private static RefusalKind kind(WorkspaceId workspace, Rejection why) {
    return new RefusalKind(BROWSER, REJECTED, workspace, why.name());
  }

  /// Of a caller with a bearer, before there was a handoff.
  Uni<Void> of(String caller, WorkspaceId workspace, Rejection why) {
    return add(caller, REJECTED, workspace, null, why.name());
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
