package io.tokenwarden.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLimitTest {

  @Test
  void isTheUsualOneWhereNobodyNamesOne() {
    assertThat(PageLimit.of(null, 50, 200)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "200"})
  void isWithinItsBounds(String text) {
    assertThat(PageLimit.of(text, 50, 200)).isEqualTo(Integer.parseInt(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "201", "1.5", "1e2", "abc", "99999999999999999999"})
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> PageLimit.of(text, 50, 200))
        .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(400));
  }
}
