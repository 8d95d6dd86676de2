package io.tokenwarden.twin.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A PKCE challenge ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)): what the verifier must
/// hash to, or be.
public record Challenge(String value, Method method) {

  public enum Method {
    S256,
    PLAIN
  }

  boolean isAnsweredBy(String verifier) {
    var answer =
        switch (method) {
          case PLAIN -> verifier;
          case S256 -> sha256(verifier);
        };
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), answer.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String verifier) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
