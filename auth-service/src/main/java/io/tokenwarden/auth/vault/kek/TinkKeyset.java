package io.tokenwarden.auth.vault.kek;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Set;

/// Keys of the operator's that are known to this process.
///
/// @param primary the id of the one that wraps
/// @param ids of all enabled keys
record TinkKeyset(Aead aead, String primary, Set<String> ids) {
  private static final int PREFIX = 5;

  /// @param place for messages
  /// @throws KekException if it is none for AEAD; the message does not repeat it
  static TinkKeyset parse(String json, String place) {
    try {
      AeadConfig.register();
      return of(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
    } catch (GeneralSecurityException _) {
      // no cause: a parser may repeat what it read
      throw new KekException("What is in " + place + " is no Tink keyset for AEAD");
    }
  }

  private static TinkKeyset of(KeysetHandle handle) throws GeneralSecurityException {
    var ids = new HashSet<String>();
    for (int i = 0; i < handle.size(); i++) {
      ids.add(Integer.toUnsignedString(handle.getAt(i).getId()));
    }
    var primary = Integer.toUnsignedString(handle.getPrimary().getId());
    return new TinkKeyset(
        handle.getPrimitive(RegistryConfiguration.get(), Aead.class), primary, Set.copyOf(ids));
  }

  /// The id of the key that something was wrapped with: Tink's ciphertext begins with a version
  /// byte and the id, big-endian.
  ///
  /// See [Tink's wire format](https://developers.google.com/tink/wire-format).
  static String idIn(byte[] wrapped) {
    if (wrapped.length < PREFIX) {
      throw new KekException("A wrapped key is too short to be one");
    }
    return Integer.toUnsignedString(ByteBuffer.wrap(wrapped).getInt(1));
  }

  WrappedKey wrap(byte[] key, byte[] binding) {
    try {
      return new WrappedKey(primary, aead.encrypt(key, binding));
    } catch (GeneralSecurityException e) {
      throw new KekException("Cannot wrap a key with " + primary + ": " + e.getClass());
    }
  }

  byte[] unwrap(byte[] wrapped, byte[] binding) {
    try {
      return aead.decrypt(wrapped, binding);
    } catch (GeneralSecurityException _) {
      throw new KekException(
          "What was wrapped with key " + idIn(wrapped) + " does not unwrap with our keys " + ids);
    }
  }

  @Override
  public String toString() {
    return "TinkKeyset[primary=" + primary + ", ids=" + ids + "]";
  }
}
