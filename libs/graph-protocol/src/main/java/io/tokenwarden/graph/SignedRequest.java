package io.tokenwarden.graph;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The form field `signed_request`, with which Meta says that a person removed an app or wants
/// their data deleted: `base64url(signature).base64url(json)`, where the signature is taken over
/// the *encoded* JSON. Meta leaves the padding out.
///
/// See [Parsing a signed
/// request](https://developers.facebook.com/docs/facebook-login/guides/advanced/deauth-callback).
public sealed interface SignedRequest {

  /// Signed by the app.
  ///
  /// @param userId the app-scoped id of the person
  /// @param issuedAt when Meta signed it; to the second
  record Genuine(String userId, Instant issuedAt) implements SignedRequest {}

  /// Not one that anybody is to act on.
  record Refused(Flaw flaw) implements SignedRequest {}

  enum Flaw {
    /// It cannot be read as a signed request, or does not say who and when.
    MALFORMED,
    /// It is signed in another way than HMAC-SHA256.
    OTHER_ALGORITHM,
    /// It was not signed with the secret of this app.
    FORGED
  }

  /// Nothing in it is believed before its signature is.
  ///
  /// @param text null if there was none
  static SignedRequest parse(AppSecret secret, String text) {
    var parts = text == null ? new String[0] : text.split("\\.", -1);
    if (parts.length != 2 || parts[1].isEmpty()) {
      return new Refused(Flaw.MALFORMED);
    }
    try {
      var signature = Base64.getUrlDecoder().decode(parts[0]);
      var payload = parts[1].getBytes(StandardCharsets.US_ASCII);
      return AppSignature.verifies(secret, payload, signature)
          ? Payload.read(Base64.getUrlDecoder().decode(payload))
          : new Refused(Flaw.FORGED);
    } catch (IllegalArgumentException _) {
      return new Refused(Flaw.MALFORMED);
    }
  }

  /// The JSON within.
  final class Payload {
    private static final JsonMapper JSON =
        JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private Payload() {}

    private static SignedRequest read(byte[] json) {
      try {
        return read(JSON.readTree(json));
      } catch (IOException _) {
        return new Refused(Flaw.MALFORMED);
      }
    }

    private static SignedRequest read(JsonNode said) {
      if (!"HMAC-SHA256".equalsIgnoreCase(said.path("algorithm").asText())) {
        return new Refused(Flaw.OTHER_ALGORITHM);
      }
      var userId = said.path("user_id").asText();
      var issuedAt = said.path("issued_at");
      return userId.matches("[0-9]{1,30}")
              && issuedAt.isIntegralNumber()
              && issuedAt.canConvertToInt()
          ? new Genuine(userId, Instant.ofEpochSecond(issuedAt.longValue()))
          : new Refused(Flaw.MALFORMED);
    }
  }
}
