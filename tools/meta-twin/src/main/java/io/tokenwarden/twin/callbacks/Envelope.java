package io.tokenwarden.twin.callbacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenwarden.twin.world.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/// How a delivery is signed and sent.
final class Envelope {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String SHA256 = "HmacSHA256";
  private static final String SHA1 = "HmacSHA1";

  private Envelope() {}

  static HttpRequest of(Delivery delivery, Secret appSecret) {
    var request = HttpRequest.newBuilder(URI.create(delivery.url())).timeout(PATIENCE);
    return switch (delivery.kind()) {
      case DEAUTHORIZE, DATA_DELETION -> signedRequest(request, delivery.content(), appSecret);
      case WEBHOOK -> webhook(request, delivery.content().getBytes(UTF_8), appSecret);
    };
  }

  /// A form with `base64url(signature).base64url(payload)`, without padding; what is signed is the
  /// encoded payload.
  private static HttpRequest signedRequest(
      HttpRequest.Builder request, String payload, Secret appSecret) {
    var encoded = base64(payload.getBytes(UTF_8));
    var signature = base64(appSecret.signed(encoded.getBytes(UTF_8), SHA256));
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("signed_request=" + signature + "." + encoded))
        .build();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The body as it is, signed in both of Meta's ways.
  private static HttpRequest webhook(HttpRequest.Builder request, byte[] body, Secret appSecret) {
    return request
        .header("Content-Type", "application/json")
        .header("X-Hub-Signature", "sha1=" + hex(appSecret.signed(body, SHA1)))
        .header("X-Hub-Signature-256", "sha256=" + hex(appSecret.signed(body, SHA256)))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
