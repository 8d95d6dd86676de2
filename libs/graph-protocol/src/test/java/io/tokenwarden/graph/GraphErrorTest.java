package io.tokenwarden.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.graph.GraphError.Form;
import io.tokenwarden.graph.Samples.Sample;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphErrorTest {

  @Test
  void readsEveryMemberOfTheEnvelope() {
    // when
    GraphError error =
        parse(
            400,
            """
            {"error":{"message":"m","type":"OAuthException","code":190,"error_subcode":463,"is_transient":false,
             "error_user_title":"t","error_user_msg":"u","fbtrace_id":"f","error_data":{"blame_field_specs":[["x"]]}}}
            """);

    // then
    assertThat(error)
        .isEqualTo(
            new GraphError(
                400, Form.ENVELOPE, 190, 463, "OAuthException", "m", "f", false, "t", "u"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "\"{\\\"a\\\":1}\"", "[]", "null", "7", "[1,[2]]"})
  void toleratesErrorDataOfAnyKind(String data) {
    assertThat(parse(400, "{\"error\":{\"code\":190,\"error_data\":" + data + "}}").code())
        .isEqualTo(190);
  }

  @Test
  void readsTheFlatShapesOfAsynchronousReportsAndOldEndpoints() {
    assertThat(
            parse(
                200,
                "{\"id\":\"1\",\"error_code\":-2,\"error_subcode\":2490547,\"error_message\":\"m\"}"))
        .isEqualTo(new GraphError(200, Form.FLAT, -2, 2490547, null, "m", null, null, null, null));
    assertThat(parse(200, "{\"error_code\":613,\"error_msg\":\"m\"}"))
        .isEqualTo(new GraphError(200, Form.FLAT, 613, null, null, "m", null, null, null, null));
  }

  @Test
  void readsNumbersWrittenAsText() {
    assertThat(parse(400, "{\"error\":{\"code\":\"190\",\"error_subcode\":\"463\"}}"))
        .extracting(GraphError::code, GraphError::subcode)
        .containsExactly(190, 463);
  }

  @Test
  void readsAnErrorThatIsAStringInsideAString() {
    assertThat(parse(400, "\"{\\\"error\\\":{\\\"code\\\":17}}\"").code()).isEqualTo(17);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[]}",
        "{\"id\":\"1\",\"async_status\":\"Job Completed\",\"error_code\":0}",
        "{\"id\":\"1\",\"code\":\"SUMMER\",\"message\":\"hello\"}",
        "{\"data\":{\"is_valid\":false,\"error\":{\"code\":190,\"message\":\"m\",\"subcode\":463}}}",
        "{\"error\":null,\"data\":[]}",
        "{\"success\":true}",
        "[{\"code\":200,\"body\":\"{}\"}]",
        "[]",
        "true",
        "id=1&name=x"
      })
  void findsNoErrorInAnAnswerThatSucceeded(String body) {
    assertThat(GraphError.parse(200, body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "true", "{\"error\":null}", "{\"data\":[]}", "\"words\""})
  void holdsEveryAnswerWithAFailedStatusForAnError(String body) {
    assertThat(GraphError.parse(400, body)).isPresent();
    assertThat(GraphError.parse(503, body)).isPresent();
  }

  @Test
  void findsAFailureThatOnlySaysFalse() {
    assertThat(GraphError.parse(200, "{\"success\":false}")).isPresent();
  }

  @Test
  void keepsNoTokenThatMetaEchoed() {
    String token = "x".repeat(60);

    assertThat(
            parse(
                    400,
                    "{\"error\":{\"code\":190,\"message\":\"Malformed access token "
                        + token
                        + "\"}}")
                .toString())
        .doesNotContain(token);
    assertThat(
            parse(400, "{\"error\":{\"code\":190,\"message\":\"Malformed access token short\"")
                .toString())
        .doesNotContain("short");
  }

  @Property(tries = 20_000)
  void neverThrowsWhateverMetaSends(@ForAll String body, @ForAll("statuses") int status) {
    GraphError.parse(status, body).ifPresent(GraphError::meaning);
    GraphError.parseBatch(body);
    Inspection.parse(body);
  }

  @Property(tries = 20_000)
  void neverThrowsOnBytes(@ForAll byte[] body, @ForAll("statuses") int status) {
    GraphError.parse(status, body).ifPresent(GraphError::meaning);
  }

  /// Cut anywhere, and with any byte turned into another.
  @Property(tries = 20_000)
  void neverThrowsOnDamagedAnswers(
      @ForAll("samples") Sample sample,
      @ForAll int from,
      @ForAll int to,
      @ForAll int at,
      @ForAll char put) {
    // given
    StringBuilder body = new StringBuilder(sample.body());
    body.setCharAt(Math.floorMod(at, body.length()), put);
    int start = Math.floorMod(from, body.length());
    int end = start + Math.floorMod(to, body.length() - start + 1);

    // when, then
    GraphError.parse(sample.status(), body.substring(start, end)).ifPresent(GraphError::meaning);
    GraphError.parse(200, body.substring(start, end)).ifPresent(GraphError::meaning);
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.of(
        -1, 0, 200, 204, 304, 400, 401, 403, 429, 500, 502, 599, Integer.MAX_VALUE);
  }

  @Provide
  Arbitrary<Sample> samples() {
    return Arbitraries.of(Samples.all());
  }

  private static GraphError parse(int status, String body) {
    return GraphError.parse(status, body).orElseThrow();
  }
}
