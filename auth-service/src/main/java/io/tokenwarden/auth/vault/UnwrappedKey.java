package io.tokenwarden.auth.vault;

/// The data keys of a workspace, ready for use.
record UnwrappedKey(DataKeyset keyset, Seal seal) {
  static UnwrappedKey of(DataKeyset keyset) {
    return new UnwrappedKey(keyset, keyset.seal());
  }
}
