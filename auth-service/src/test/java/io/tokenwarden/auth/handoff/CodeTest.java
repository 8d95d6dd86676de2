package io.tokenwarden.auth.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeTest {
  @Test
  void isWhatMetaSends() {
    assertThat(Code.of("AQ" + "x".repeat(400))).map(Code::value).contains("AQ" + "x".repeat(400));
    assertThat(Code.of("x".repeat(4_000))).isPresent();
  }

  @Test
  void isNothingWhereNothingCameOrTooMuch() {
    assertThat(Code.of(null)).isEmpty();
    assertThat(Code.of("")).isEmpty();
    assertThat(Code.of("x".repeat(4_001))).isEmpty();
  }

  @Test
  void isKnownAgainByItsHashAndNeverShown() {
    // given
    var code = Code.of("a code").orElseThrow();

    // then
    assertThat(code.hash()).hasSize(32).isEqualTo(Code.of("a code").orElseThrow().hash());
    assertThat(code.hash()).isNotEqualTo(Code.of("another").orElseThrow().hash());
    assertThat(code.toString()).doesNotContain("a code");
  }
}
