package io.tokenwarden.twin.world;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An access token, an authorization code or an app secret. It prints as `****`; [#reveal] is the
/// one way to its value, and JSON answers cannot carry it (it has nothing a serializer would see).
public final class Secret {

  private final String value;

  private Secret(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret cannot be empty");
    }
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  public String reveal() {
    return value;
  }

  /// Signs something with this secret as the key.
  ///
  /// @param algorithm `HmacSHA256` or `HmacSHA1`
  public byte[] signed(byte[] content, String algorithm) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(bytes(), algorithm));
      return mac.doFinal(content);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(this.bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
