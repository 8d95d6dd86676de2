package io.tokenwarden.auth.vault.kek;

import io.smallrye.mutiny.Uni;

/// The operator's key. It wraps the data keys of workspaces and touches no token itself. It may
/// consist of several keys, of which one, the primary, wraps; the others still unwrap.
///
/// Every method fails with [KekUnavailableException] while the key is away, and with [KekException]
/// if it will never answer this differently. Nothing blocks, and no failure carries a secret.
public interface KeyEncryptionKey {

  /// The id of the key that wraps now, looked up anew. Ids are for people and comparison; their
  /// form is each implementation's.
  Uni<String> primary();

  /// @param binding must be given again to unwrap: what was wrapped for one workspace is none
  ///   other's
  Uni<WrappedKey> wrap(byte[] key, byte[] binding);

  Uni<byte[]> unwrap(byte[] wrapped, byte[] binding);
}
