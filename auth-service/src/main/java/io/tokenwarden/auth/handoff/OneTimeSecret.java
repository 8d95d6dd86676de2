package io.tokenwarden.auth.handoff;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// 256 random bits that are shown once; we keep their SHA-256.
record OneTimeSecret(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final int LONGEST = 128;

  OneTimeSecret {
    if (value == null || value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException("Not one of our secrets");
    }
  }

  static OneTimeSecret random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new OneTimeSecret(TEXT.encodeToString(bytes));
  }

  byte[] hash() {
    return sha256(value);
  }

  /// Takes the same time whatever it compares.
  boolean matches(byte[] hash) {
    return hash != null && MessageDigest.isEqual(hash(), hash);
  }

  /// The verifier of [PKCE](https://www.rfc-editor.org/rfc/rfc7636), derived so that it need not be
  /// kept: whoever has the secret can make it again.
  String codeVerifier() {
    return TEXT.encodeToString(sha256("tokenwarden/pkce/v1\n" + value));
  }

  /// The `S256` challenge of the verifier.
  String codeChallenge() {
    return TEXT.encodeToString(sha256(codeVerifier()));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "OneTimeSecret[****]";
  }
}
