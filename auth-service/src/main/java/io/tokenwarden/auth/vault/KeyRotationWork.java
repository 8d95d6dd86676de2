package io.tokenwarden.auth.vault;

import io.tokenwarden.contracts.WorkspaceId;
import java.util.UUID;

/// What a rotation has to do in one workspace, claimed by this replica.
///
/// @param kekId what the workspace's key is to be wrapped with
/// @param dataKeys whether the workspace gets a new data key, and everything sealed is sealed anew
/// @param hasDataKey whether it has got it already
record KeyRotationWork(
    UUID rotation, WorkspaceId workspace, String kekId, boolean dataKeys, boolean hasDataKey) {

  boolean needsDataKey() {
    return dataKeys && !hasDataKey;
  }

  boolean needsWrapping(StoredKey key) {
    return needsDataKey() || !kekId.equals(key.kekId());
  }
}
