package io.tokenwarden.auth.handle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a handle is shown as, once: `twh_` and 256 random bits in base64url. We keep its SHA-256.
record HandleSecret(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("twh_[A-Za-z0-9_-]{43}");

  HandleSecret {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not one of our handles");
    }
  }

  static HandleSecret random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new HandleSecret("twh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// @return empty if it cannot be one of ours
  static Optional<HandleSecret> parse(String text) {
    return Optional.ofNullable(text)
        .filter(value -> FORM.matcher(value).matches())
        .map(HandleSecret::new);
  }

  /// A handle is found by this. It has nothing to do with how alike two handles are, so how long
  /// the search takes tells nothing about any of them.
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "HandleSecret[****]";
  }
}
