package io.tokenwarden.auth.audit;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;

/// An entry as people and programs see it.
///
/// @param connectionId null where the action concerns none
/// @param position its place in the chain; null while it is not sealed, which takes a second or two
record AuditRecord(
    long id,
    Instant at,
    String actor,
    String action,
    WorkspaceId workspaceId,
    ConnectionId connectionId,
    String detail,
    Long position) {
  static AuditRecord of(Entry entry, Long position) {
    return new AuditRecord(
        entry.id(),
        entry.at(),
        entry.actor(),
        entry.action(),
        WorkspaceId.of(entry.workspace()),
        entry.connection() == null ? null : new ConnectionId(entry.connection()),
        entry.detail(),
        position);
  }
}
