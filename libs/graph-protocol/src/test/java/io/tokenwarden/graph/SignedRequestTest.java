package io.tokenwarden.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.SignedRequest.Flaw;
import io.tokenwarden.graph.SignedRequest.Genuine;
import io.tokenwarden.graph.SignedRequest.Refused;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRequestTest {
  private static final String SECRET = "app-secret-for-tests";
  private static final AppSecret APP = AppSecret.of(SECRET);
  private static final String SAID =
      """
      {"user_id":"123","algorithm":"HMAC-SHA256","issued_at":1795338000}\
      """;

  @Test
  void whatTheAppSignedIsBelieved() {
    assertThat(SignedRequest.parse(APP, signed(SAID)))
        .isEqualTo(new Genuine("123", Instant.ofEpochSecond(1_795_338_000)));
  }

  @Test
  void paddingMayBeThereOrNot() {
    // given
    var encoded = Base64.getUrlEncoder().encodeToString((SAID + " ").getBytes(UTF_8));
    assertThat(encoded).endsWith("=");

    // when
    var padded = Base64.getUrlEncoder().encodeToString(hmac(encoded, SECRET)) + "." + encoded;

    // then
    assertThat(SignedRequest.parse(APP, padded)).isInstanceOf(Genuine.class);
  }

  @Test
  void anotherSecretForges() {
    // given
    var encoded = encode(SAID.getBytes(UTF_8));

    // when
    var forged = encode(hmac(encoded, "another-secret")) + "." + encoded;

    // then
    assertThat(SignedRequest.parse(APP, forged)).isEqualTo(new Refused(Flaw.FORGED));
  }

  @Test
  void oneByteChangedForges() {
    // given
    var signature = signed(SAID).split("\\.")[0];

    // when
    var changed = signature + "." + encode(SAID.replace("123", "124").getBytes(UTF_8));

    // then
    assertThat(SignedRequest.parse(APP, changed)).isEqualTo(new Refused(Flaw.FORGED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HMAC-SHA1", "none", ""})
  void anotherAlgorithmIsRefused(String algorithm) {
    assertThat(SignedRequest.parse(APP, signed(SAID.replace("HMAC-SHA256", algorithm))))
        .isEqualTo(new Refused(Flaw.OTHER_ALGORITHM));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", ".", "a", "a.", ".a.", "a.b.c", "%%.%%", "ü.ü"})
  void whatIsNoSignedRequestIsRefused(String text) {
    assertThat(SignedRequest.parse(APP, text)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "nonsense",
        "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":1795338000}",
        "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"123\"}",
        "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"x'y\",\"issued_at\":1795338000}",
        "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"123\",\"issued_at\":\"now\"}",
        "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"123\",\"issued_at\":99999999999999999999}"
      })
  void whatDoesNotSayWhoAndWhenIsRefusedThoughItIsSigned(String said) {
    assertThat(SignedRequest.parse(APP, signed(said))).isInstanceOf(Refused.class);
  }

  @Test
  void aWebhookIsVerifiedOverItsBytes() {
    // given
    var body = "{\"object\":\"caf\\u00e9\"}".getBytes(UTF_8);
    var header = "sha256=" + HexFormat.of().formatHex(hmac(new String(body, UTF_8), SECRET));

    // when / then
    assertThat(AppSignature.verifiesWebhook(APP, body, header)).isTrue();
    assertThat(AppSignature.verifiesWebhook(APP, "{\"object\":\"café\"}".getBytes(UTF_8), header))
        .isFalse();
    assertThat(AppSignature.verifiesWebhook(AppSecret.of("another"), body, header)).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "sha256=", "sha1=00", "sha256=zz"})
  void aWebhookWithoutItsSignatureIsNotVerified(String header) {
    assertThat(AppSignature.verifiesWebhook(APP, new byte[0], header)).isFalse();
  }

  private static String signed(String json) {
    var encoded = encode(json.getBytes(UTF_8));
    return encode(hmac(encoded, SECRET)) + "." + encoded;
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hmac(String message, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal(message.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
