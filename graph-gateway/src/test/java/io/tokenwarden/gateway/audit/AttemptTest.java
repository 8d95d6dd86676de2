package io.tokenwarden.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptTest {

  @ParameterizedTest
  @CsvSource({"sync-worker, sync-worker", "Ann Lee, Ann_Lee", "Jürgen, J_rgen", "'a\nb', a_b"})
  void namesWhomTheIssuerNamesInLettersThatTheAuditLogTakes(String subject, String told) {
    assertThat(by(subject).subject()).isEqualTo(told);
  }

  @Test
  void cutsNamesThatAreLongerThanTheAuditLogTakes() {
    assertThat(by("x".repeat(5000)).subject()).isEqualTo("x".repeat(200));
  }

  @Test
  void anEmptyNameIsNone() {
    assertThat(by("").subject()).isNull();
    assertThat(by(null).subject()).isNull();
  }

  private static Attempt by(String subject) {
    return new Attempt(Overreach.NO_SERVICE, null, subject, null);
  }
}
