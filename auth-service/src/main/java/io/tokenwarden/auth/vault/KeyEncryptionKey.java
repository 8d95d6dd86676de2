package io.tokenwarden.auth.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import io.quarkus.runtime.Startup;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// The operator's key: it wraps the data keys of workspaces and touches no token itself.
@Startup
@ApplicationScoped
class KeyEncryptionKey {
  private static final String FILE = "file:";

  private final Aead kek;

  @Inject
  KeyEncryptionKey(VaultConfig config) {
    this.kek = read(config.keyset());
  }

  private static Aead read(String reference) {
    if (!reference.startsWith(FILE)) {
      throw new IllegalStateException("TOKENWARDEN_VAULT_KEYSET must begin with 'file:'");
    }
    var path = Path.of(reference.substring(FILE.length()));
    try {
      AeadConfig.register();
      return TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(path), InsecureSecretKeyAccess.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the vault's keyset at " + path, e);
    } catch (GeneralSecurityException _) {
      // no cause: a parser may repeat what it read
      throw new IllegalStateException("The file at " + path + " is no Tink keyset for AEAD");
    }
  }

  /// A new data key, already wrapped.
  byte[] newDataKey(WorkspaceId workspace) {
    try {
      var handle = KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM"));
      return TinkProtoKeysetFormat.serializeEncryptedKeyset(handle, kek, binding(workspace));
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot make a data key for workspace " + workspace, e);
    }
  }

  Aead unwrap(WorkspaceId workspace, byte[] wrapped) {
    try {
      return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, kek, binding(workspace))
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot unwrap the data key of workspace " + workspace, e);
    }
  }

  private static byte[] binding(WorkspaceId workspace) {
    return ("tokenwarden/data-key/v1\n" + workspace).getBytes(StandardCharsets.UTF_8);
  }
}
