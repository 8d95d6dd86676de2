package io.tokenwarden.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes come for an answer: they are understood or they are not, twice the same, and
/// nothing else happens. Begins with answers as Meta gave them.
class ErrorFuzzTest {
  private static final List<Integer> STATUSES = List.of(200, 400, 401, 403, 404, 429, 500, 503, 0);

  static Stream<byte[]> answers() {
    return Samples.all().stream().map(sample -> answer(sample.status(), sample.body()));
  }

  /// @param answer which status, and the body
  @MethodSource("answers")
  @FuzzTest(maxDuration = "3h", maxExecutions = 1_000_000)
  void whateverComesIsUnderstoodOrNotAndNothingElseHappens(byte[] answer) {
    // given
    int status = answer.length == 0 ? 0 : STATUSES.get(Byte.toUnsignedInt(answer[0]) % 9);
    byte[] body = answer.length == 0 ? answer : Arrays.copyOfRange(answer, 1, answer.length);

    // when
    var error = GraphError.parse(status, body);
    var items = GraphError.parseBatch(new String(body, UTF_8));

    // then
    assertThat(error.map(GraphError::meaning))
        .isEqualTo(GraphError.parse(status, body).map(GraphError::meaning));
    assertThat(items).hasSameSizeAs(GraphError.parseBatch(new String(body, UTF_8)));
    items.forEach(item -> item.ifPresent(GraphError::meaning));
  }

  private static byte[] answer(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    var answer = new byte[1 + bytes.length];
    answer[0] = (byte) Math.max(0, STATUSES.indexOf(status));
    System.arraycopy(bytes, 0, answer, 1, bytes.length);
    return answer;
  }
}
