package io.tokenwarden.auth.callback;

import io.tokenwarden.graph.AppSecret;
import io.tokenwarden.graph.AppSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Under which a person may ask how the deletion of their data stands: 160 bits in hex. It is made
/// from the message with the app's secret, so a message that is delivered twice gets the same code
/// twice, and nobody else can make it. We keep its SHA-256.
record ConfirmationCode(String value) {
  private static final int BYTES = 20;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{%d}".formatted(2 * BYTES));

  static ConfirmationCode of(AppSecret secret, String signedRequest) {
    var purpose = "tokenwarden/data-deletion/v1\n" + signedRequest;
    var bytes = AppSignature.of(secret, purpose.getBytes(StandardCharsets.UTF_8));
    return new ConfirmationCode(HexFormat.of().formatHex(Arrays.copyOf(bytes, BYTES)));
  }

  /// @return empty if it cannot be one of ours
  static Optional<ConfirmationCode> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new ConfirmationCode(text))
        : Optional.empty();
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ConfirmationCode[****]";
  }
}
