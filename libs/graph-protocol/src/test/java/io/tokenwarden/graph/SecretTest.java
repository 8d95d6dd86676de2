package io.tokenwarden.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  static final String VALUE = "the-value-nobody-may-see";

  static Stream<Secret> secrets() {
    return Stream.of(
        AccessToken.of(VALUE),
        AppSecret.of(VALUE),
        AppSecretProof.of(AppSecret.of("another"), AccessToken.of(VALUE)));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void showsNothingOfItselfAsText(Secret secret) {
    assertThat(secret.toString())
        .isEqualTo(secret.getClass().getSimpleName() + "[****]")
        .doesNotContain(secret.revealSecret());
    assertThat(Map.of("held", List.of(secret)).toString()).doesNotContain(secret.revealSecret());
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void isNeverWrittenAsJsonHoweverTheMapperIsConfigured(Secret secret) {
    // given
    ObjectMapper eager =
        new ObjectMapper()
            .setVisibility(PropertyAccessor.ALL, Visibility.ANY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    // when, then
    assertThatThrownBy(() -> eager.writeValueAsString(Map.of("held", secret)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("never written as JSON")
        .message()
        .doesNotContain(secret.revealSecret());
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void isNotSerializable(Secret secret) {
    assertThat(secret).isNotInstanceOf(Serializable.class);
  }

  @Test
  void isEqualByValueAndKind() {
    assertThat(AccessToken.of(VALUE))
        .isEqualTo(AccessToken.of(VALUE))
        .hasSameHashCodeAs(AccessToken.of(VALUE))
        .isNotEqualTo(AccessToken.of(VALUE + "x"))
        .isNotEqualTo(AppSecret.of(VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "tab\t", "nul\0", "ümlaut"})
  void refusesWhatCouldBreakOutOfAHeaderWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> AccessToken.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches("AccessToken (is empty|holds characters other than visible ASCII)");
  }

  @Test
  void isReadFromAJsonString() throws JsonProcessingException {
    assertThat(new ObjectMapper().readValue("\"" + VALUE + "\"", AccessToken.class))
        .isEqualTo(AccessToken.of(VALUE));
  }

  /// Expected value: `printf what | openssl dgst -sha256 -hmac Jefe`.
  @Test
  void provesATokenAsMetaComputesIt() {
    assertThat(AppSecretProof.of(AppSecret.of("Jefe"), AccessToken.of("what")).revealSecret())
        .hasSize(64)
        .isEqualTo(HMAC_OF_WHAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "A", "zz"})
  void refusesAProofThatIsNoneWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> AppSecretProof.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An appsecret_proof is 64 lower-case hex digits");
  }

  private static final String HMAC_OF_WHAT =
      "1df7fcdee0058f5cd839a52835ec6a8a89c88935198d2725c668b0a601558445";
}
