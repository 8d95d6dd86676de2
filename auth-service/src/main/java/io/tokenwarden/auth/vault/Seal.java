package io.tokenwarden.auth.vault;

import com.google.crypto.tink.Aead;
import io.tokenwarden.graph.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/// The stored form of whatever is sealed: one byte of format version, then Tink's ciphertext, which
/// begins with the id of its key.
///
/// @param key the workspace's
record Seal(Aead key) {
  private static final byte FORMAT = 1;

  /// @param address for messages
  byte[] close(Secret secret, byte[] binding, Object address) {
    var plain = secret.revealSecret().getBytes(StandardCharsets.US_ASCII);
    try {
      return formatted(key.encrypt(plain, binding));
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot seal what belongs to " + address, e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] formatted(byte[] cipher) {
    var sealed = new byte[cipher.length + 1];
    sealed[0] = FORMAT;
    System.arraycopy(cipher, 0, sealed, 1, cipher.length);
    return sealed;
  }

  /// @throws VaultException if it was sealed with another key, or for another address
  String open(byte[] sealed, byte[] binding, Object address) {
    var cipher = cipher(sealed, address);
    try {
      var plain = key.decrypt(cipher, binding);
      return new String(plain, StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot open what belongs to " + address, e);
    }
  }

  /// Seals anew, with the primary key, what lies at one address, for another or the same.
  byte[] again(byte[] sealed, byte[] from, byte[] to, Object address) {
    var cipher = cipher(sealed, address);
    try {
      var plain = key.decrypt(cipher, from);
      try {
        return formatted(key.encrypt(plain, to));
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw new VaultException("Cannot seal anew what belongs to " + address, e);
    }
  }

  private static byte[] cipher(byte[] sealed, Object address) {
    if (sealed.length == 0 || sealed[0] != FORMAT) {
      throw new VaultException("What belongs to " + address + " has an unknown format", null);
    }
    return Arrays.copyOfRange(sealed, 1, sealed.length);
  }
}
