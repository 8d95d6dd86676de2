package io.tokenwarden.graph;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Shows Meta that a call comes from a holder of the app secret: HMAC-SHA256 of the access token,
/// keyed with the app secret, in lower-case hex. It belongs to one token: a Page token needs its
/// own.
///
/// See [Secure Graph API
/// calls](https://developers.facebook.com/docs/graph-api/guides/secure-requests).
public final class AppSecretProof extends Secret {

  private static final String HMAC = "HmacSHA256";

  private AppSecretProof(String value) {
    super(value);
  }

  /// The proof of a token under an app.
  public static AppSecretProof of(AppSecret secret, AccessToken token) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      return new AppSecretProof(HexFormat.of().formatHex(mac.doFinal(token.bytes())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + HMAC, e);
    }
  }

  /// A proof computed elsewhere.
  ///
  /// @throws IllegalArgumentException unless it is 64 lower-case hex digits; the message does not
  ///   repeat it
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AppSecretProof parse(String value) {
    if (value == null || !value.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("An appsecret_proof is 64 lower-case hex digits");
    }
    return new AppSecretProof(value);
  }
}
