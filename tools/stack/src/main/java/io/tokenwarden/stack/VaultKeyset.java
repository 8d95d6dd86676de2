package io.tokenwarden.stack;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// The key that auth-service's vault of a local stack hangs on: a Tink keyset in clear JSON, mode
/// 0600. In production this is a reference to a KMS or Vault.
public record VaultKeyset(Path file) {

  /// Makes the key once. Never again: what it sealed could not be opened any more.
  public void ensure() {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, newKeyset());
    }
  }

  /// Adds a key, which wraps from now on; the others still unwrap. A running auth-service follows.
  public void addPrimary() {
    try {
      AeadConfig.register();
      var access = InsecureSecretKeyAccess.get();
      var keyset = TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), access);
      var added =
          KeysetHandle.newBuilder(keyset)
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build();
      PrivateFiles.write(
          file,
          TinkJsonProtoKeysetFormat.serializeKeyset(added, RegistryConfiguration.get(), access));
    } catch (GeneralSecurityException _) {
      // no cause: a parser may repeat what it read
      throw new IllegalStateException("The file at " + file + " is no Tink keyset for AEAD");
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the vault's key at " + file, e);
    }
  }

  private static String newKeyset() {
    try {
      AeadConfig.register();
      var keyset =
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Making the vault's key", e);
    }
  }

  /// As `TOKENWARDEN_VAULT_KEYSET` refers to it.
  public String reference() {
    return "file:" + file;
  }
}
