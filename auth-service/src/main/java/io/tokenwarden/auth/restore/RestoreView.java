package io.tokenwarden.auth.restore;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// How far the leap after a restore is.
///
/// @param id null if there never was one; all else is empty then
/// @param total connections
/// @param done those that leapt
/// @param skipped those that are as the backup had them, because their tokens do not open
/// @param skippedConnections the first hundred of them
/// @param finishedAt null while it is under way
record RestoreView(
    UUID id,
    Instant since,
    String startedBy,
    long total,
    long done,
    long skipped,
    List<Skipped> skippedConnections,
    Instant finishedAt) {
  static final RestoreView NONE = new RestoreView(null, null, null, 0, 0, 0, List.of(), null);

  /// @param failure a code: `VAULT_KEY_REFUSED` if no key of the operator's unwraps the
  ///   workspace's, `VAULT` if what is stored does not open
  record Skipped(ConnectionId connectionId, WorkspaceId workspaceId, String failure) {}
}
