package io.tokenwarden.auth.vault.kek;

/// A data key as it may be stored.
///
/// @param kekId which of the operator's keys it is wrapped with
public record WrappedKey(String kekId, byte[] bytes) {
  @Override
  public String toString() {
    return "WrappedKey[kek=" + kekId + "]";
  }
}
