package io.tokenwarden.twin.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

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
