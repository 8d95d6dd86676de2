package io.tokenwarden.auth.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnToTest {
  @Test
  void isTheConsoleWhereNothingIsSaid() {
    assertThat(ReturnTo.of(null).path()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/connections", "/a/b?c=d&e=f#g"})
  void staysOnOurOrigin(String path) {
    assertThat(ReturnTo.of(path).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\nLocation: x",
        "/\t/evil.example",
        "/<script>"
      })
  void refusesWhatLeavesIt(String path) {
    assertThatThrownBy(() -> ReturnTo.of(path))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.getStatusCode()).isEqualTo(400));
  }
}
