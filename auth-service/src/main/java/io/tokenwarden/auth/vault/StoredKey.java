package io.tokenwarden.auth.vault;

/// A row of `workspace_key`.
///
/// @param wrapped as it is stored
/// @param kekId which of the operator's keys it is wrapped with; null if it was stored before that
///   was written down
record StoredKey(byte[] wrapped, String kekId) {
  @Override
  public String toString() {
    return "StoredKey[kek=" + kekId + "]";
  }
}
