package io.tokenwarden.stack;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
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
