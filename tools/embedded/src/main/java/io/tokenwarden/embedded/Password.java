package io.tokenwarden.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;

/// A password of the local stack. It does not show itself; [#reveal] gives it to whoever must log
/// in with it.
public record Password(String reveal) {

  public Password {
    if (reveal.isBlank()) {
      throw new IllegalArgumentException("A password cannot be blank");
    }
  }

  /// A new one with 128 random bits, in hexadecimal digits.
  public static Password random() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return new Password(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return "Password[****]";
  }
}
