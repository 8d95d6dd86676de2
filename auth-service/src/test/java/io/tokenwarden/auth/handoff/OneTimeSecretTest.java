package io.tokenwarden.auth.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class OneTimeSecretTest {
  @Test
  void matchesItsOwnHashOnly() {
    // given
    var secret = OneTimeSecret.random();

    // then
    assertThat(secret.matches(secret.hash())).isTrue();
    assertThat(secret.matches(OneTimeSecret.random().hash())).isFalse();
    assertThat(secret.matches(null)).isFalse();
    assertThat(secret.toString()).doesNotContain(secret.value());
  }

  @Test
  void challengeIsTheS256OfTheVerifier() throws Exception {
    // given
    var secret = OneTimeSecret.random();

    // when
    var digest =
        MessageDigest.getInstance("SHA-256")
            .digest(secret.codeVerifier().getBytes(StandardCharsets.US_ASCII));

    // then
    assertThat(secret.codeChallenge())
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    assertThat(secret.codeVerifier()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(secret.value());
    assertThat(new OneTimeSecret(secret.value()).codeVerifier()).isEqualTo(secret.codeVerifier());
  }

  @Test
  void refusesWhatCannotBeOneOfOurs() {
    assertThatThrownBy(() -> new OneTimeSecret("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OneTimeSecret("x".repeat(200)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
