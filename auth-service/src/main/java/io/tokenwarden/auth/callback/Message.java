package io.tokenwarden.auth.callback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// One thing Meta said, after its signature was believed.
///
/// @param subject the app-scoped person, or the ad account
/// @param happenedAt when, as Meta says
/// @param content what makes it this message and no other
/// @param code under which the person may ask how their deletion stands; of a deletion only
record Message(
    Kind kind,
    String appId,
    String subject,
    Instant happenedAt,
    String content,
    Optional<ConfirmationCode> code) {

  /// The same for every delivery of the same message, in hex.
  String hash() {
    return HexFormat.of().formatHex(sha256(kind + "\n" + appId + "\n" + content));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}
