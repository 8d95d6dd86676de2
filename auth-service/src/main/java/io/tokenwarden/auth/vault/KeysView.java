package io.tokenwarden.auth.vault;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The keys of the vault as their operator sees them: ids and numbers.
///
/// @param kekId the operator's key that wraps now
/// @param workspaces how many have a data key
/// @param wrappedWith by which of the operator's keys; one that is named here must be kept
/// @param rotation the last one, or the one under way; null if there was none
record KeysView(String kekId, long workspaces, List<Wrapped> wrappedWith, Rotation rotation) {

  /// @param kekId null for what was wrapped before that was written down
  record Wrapped(String kekId, long workspaces) {}

  /// @param kekId what workspaces' keys are wrapped with when it is done
  /// @param dataKeys whether workspaces get new data keys
  /// @param total workspaces that have something to be done
  /// @param failing workspaces where it failed, and is tried again
  /// @param resealed tokens and secrets that were sealed anew
  /// @param lastFailure a code; null if nothing fails
  /// @param finishedAt null while it is under way
  record Rotation(
      UUID id,
      Instant since,
      String startedBy,
      String kekId,
      boolean dataKeys,
      long total,
      long done,
      long failing,
      long resealed,
      String lastFailure,
      Instant finishedAt) {}
}
