package io.tokenwarden.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {

  private static final String TWO_FIELDS =
      """
      --b
      Content-Disposition: form-data; name="status"

      PAUSED
      --b
      content-disposition: form-data; name=text
      Content-Type: text/plain; charset=UTF-8

      ä
      --c
      -

      --b--
      """;

  private static final List<Parameter> READ =
      List.of(new Parameter("status", "PAUSED"), new Parameter("text", "ä\r\n--c\r\n-\r\n"));

  @Test
  void readsFields() {
    assertThat(read(wire("--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n"), 3))
        .containsExactly(new Parameter("a", "1"));
  }

  @Property(tries = 500)
  void readsTheSameHoweverTheBodyIsCut(@ForAll @IntRange(min = 1, max = 200) int chunk) {
    assertThat(read(wire(TWO_FIELDS), chunk)).isEqualTo(READ);
  }

  @Property(tries = 500)
  void neverThrowsAnythingElse(@ForAll String text, @ForAll @IntRange(min = 1, max = 9) int chunk) {
    try {
      read(wire("--b\n" + text + "\n--b--"), chunk);
    } catch (MalformedException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b\n",
        "x\n--b--\n",
        "--b--\nx",
        "--b\nContent-Disposition: form-data; name=\"a\"\n\n1",
        "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b",
        "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b \n\n--b--",
        "--b\nContent-Disposition: form-data\n\n1\n--b--",
        "--b\nContent-Disposition: attachment; name=\"a\"\n\n1\n--b--",
        "--b\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\n\n1\n--b--",
        "--b\nContent-Disposition: form-data; name=\"a\"\nContent-Disposition: form-data; name=\"b\"\n\n1\n--b--",
        "--b\nContent-Disposition: form-data; name=\"a\\\"b\"\n\n1\n--b--",
        "--b\nContent-Type: text/plain\n\n1\n--b--",
        "--b\nnonsense\n\n1\n--b--"
      })
  void refusesWhatReadersDifferAbout(String body) {
    assertThatThrownBy(() -> read(wire(body), 7)).isInstanceOf(MalformedException.class);
  }

  @Test
  void takesNoMoreThanIsSaid() {
    var body = "--b\nContent-Disposition: form-data; name=\"a\"\n\n" + "x".repeat(2000) + "\n--b--";

    assertThatThrownBy(() -> read(wire(body), 100)).isInstanceOf(MalformedException.class);
  }

  @Test
  void takesNoHeadThatNeverEnds() {
    assertThatThrownBy(() -> read(wire("--b\nX: " + "x".repeat(5000)), 100))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\"", "a\nb"})
  void needsABoundary(String boundary) {
    var type = new HeaderValue("multipart/form-data", Map.of("boundary", boundary));

    assertThatThrownBy(() -> new MultipartReader(type, 1000))
        .isInstanceOf(MalformedException.class);
  }

  private static List<Parameter> read(byte[] body, int chunk) {
    var reader = new MultipartReader(HeaderValue.parse("multipart/form-data; boundary=b"), 1000);
    for (int at = 0; at < body.length; at += chunk) {
      reader.accept(Arrays.copyOfRange(body, at, Math.min(body.length, at + chunk)));
    }
    return reader.finish();
  }

  /// Lines as multipart ends them.
  private static byte[] wire(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
