package io.tokenwarden.auth.callback;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.response.Response;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Calls auth-service as Meta does for one app, with signatures that are made here and not by the
/// code under test.
record MetaSays(String appId, String secret) {

  /// A `signed_request` about a person, as Meta makes it: base64url without padding.
  String signedRequest(String person, Instant issuedAt) {
    return signed(
        "{\"user_id\":\"%s\",\"algorithm\":\"HMAC-SHA256\",\"issued_at\":%d}"
            .formatted(person, issuedAt.getEpochSecond()));
  }

  /// Any text, signed.
  String signed(String json) {
    var encoded = encode(json.getBytes(UTF_8));
    return encode(hmac(encoded.getBytes(UTF_8))) + "." + encoded;
  }

  Response deauthorize(String signedRequest) {
    return form("deauthorize", signedRequest);
  }

  Response deleteData(String signedRequest) {
    return form("data-deletion", signedRequest);
  }

  private Response form(String what, String signedRequest) {
    return given()
        .contentType("application/x-www-form-urlencoded")
        .formParam("signed_request", signedRequest)
        .post("/auth/meta/%s/%s".formatted(appId, what));
  }

  /// The header of a webhook.
  String signature(String body) {
    return "sha256=" + HexFormat.of().formatHex(hmac(body.getBytes(UTF_8)));
  }

  Response webhook(String body, String signature) {
    return given()
        .header("X-Hub-Signature-256", signature)
        .header("Content-Type", "application/json")
        .body(body.getBytes(UTF_8))
        .post("/auth/meta/" + appId + "/webhooks");
  }

  Response subscribe(String verifyToken, String challenge) {
    return given()
        .queryParam("hub.mode", "subscribe")
        .queryParam("hub.challenge", challenge)
        .queryParam("hub.verify_token", verifyToken)
        .get("/auth/meta/" + appId + "/webhooks");
  }

  private byte[] hmac(byte[] message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "MetaSays[" + appId + ", ****]";
  }
}
