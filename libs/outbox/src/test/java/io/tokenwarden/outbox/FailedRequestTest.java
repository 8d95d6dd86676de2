package io.tokenwarden.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailedRequestTest {

  static Stream<Exception> passing() {
    return Stream.of(
        new ConnectException("refused"),
        new TimeoutException(),
        new IllegalStateException(new CompletionException(new ConnectException("refused"))));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void aLostConnectionPasses(Exception failure) {
    assertThat(FailedRequest.isPassing(failure)).isTrue();
  }

  /// Shut down, still starting, out of connections, gave way, connection lost.
  @ParameterizedTest
  @ValueSource(strings = {"57P01", "57P03", "53300", "40001", "40P01", "08006"})
  void whatTheDatabaseSaysOfItselfPasses(String sqlState) {
    assertThat(FailedRequest.isPassing(new SQLException("no", sqlState))).isTrue();
  }

  /// A duplicate, a NUL, a missing table: asked again it fails again.
  @ParameterizedTest
  @ValueSource(strings = {"23505", "22021", "42P01"})
  void whatTheDatabaseSaysOfTheStatementDoesNot(String sqlState) {
    assertThat(FailedRequest.isPassing(new SQLException("no", sqlState))).isFalse();
  }

  @Test
  void aFaultOfOursDoesNot() {
    assertThat(FailedRequest.isPassing(new NullPointerException())).isFalse();
  }
}
