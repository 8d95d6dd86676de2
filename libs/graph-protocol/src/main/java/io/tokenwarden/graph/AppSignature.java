package io.tokenwarden.graph;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What shows that a message comes from a holder of the app secret: HMAC-SHA256, keyed with it.
public final class AppSignature {
  private static final String HMAC = "HmacSHA256";
  private static final Pattern HEADER = Pattern.compile("sha256=([0-9a-fA-F]{64})");

  private AppSignature() {}

  /// The signature of a message.
  public static byte[] of(AppSecret secret, byte[] message) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + HMAC, e);
    }
  }

  /// Whether the signature is that of the message; takes the same time wherever they differ.
  public static boolean verifies(AppSecret secret, byte[] message, byte[] signature) {
    return MessageDigest.isEqual(of(secret, message), signature);
  }

  /// Whether the header `X-Hub-Signature-256` of a webhook is that of the body. The body is what
  /// was received, byte for byte: written anew it would be another.
  ///
  /// See [Webhooks: validating
  /// payloads](https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads).
  ///
  /// @param header null if there was none
  public static boolean verifiesWebhook(AppSecret secret, byte[] body, String header) {
    var parts = HEADER.matcher(header == null ? "" : header);
    return parts.matches() && verifies(secret, body, HexFormat.of().parseHex(parts.group(1)));
  }
}
