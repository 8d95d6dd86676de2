package io.tokenwarden.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private static final String SECRET = "short|but~known/one";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://graph.example/v25.0/me?fields=id&access_token=SECRET&limit=5",
        "https%3A%2F%2Fgraph.example%2Fme%3Faccess_token%3DSECRET",
        "{\"access_token\":\"SECRET\",\"token_type\":\"bearer\"}",
        "{\\\"access_token\\\":\\\"SECRET\\\"}",
        "client_secret=SECRET",
        "appsecret_proof: SECRET",
        "fb_exchange_token=SECRET&x=y",
        "Malformed access token SECRET",
        "Malformed access token: SECRET"
      })
  void removesWhatIsNamedAsACredential(String text) {
    assertThat(Redaction.redact(text.replace("SECRET", "abc123")))
        .doesNotContain("abc123")
        .contains("****");
  }

  @Test
  void removesWhatLooksLikeACredential() {
    assertThat(Redaction.redact("it was " + "Qw3rTy".repeat(10) + " indeed"))
        .isEqualTo("it was **** indeed");
    assertThat(Redaction.redact("it was 123456789|abcdefghijkl indeed"))
        .isEqualTo("it was **** indeed");
  }

  @Test
  void removesAKnownSecretPlainAndEncoded() {
    String text = "a " + SECRET + " b " + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + " c";

    assertThat(Redaction.redact(text, AccessToken.of(SECRET))).isEqualTo("a **** b **** c");
  }

  @Test
  void removesThePersonButLeavesTheApp() {
    assertThat(Redaction.redact("User 717551615 has not authorized application 277490472318816."))
        .isEqualTo("User **** has not authorized application 277490472318816.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(#17) User request limit reached",
        "Error validating access token: Session has expired on Saturday, 30-Mar-24 16:00:00 PDT.",
        "Unsupported get request. Object with ID '6023920149050' does not exist",
        "(#100) Missing permissions"
      })
  void leavesOrdinaryMessagesAlone(String text) {
    assertThat(Redaction.redact(text)).isEqualTo(text);
  }
}
