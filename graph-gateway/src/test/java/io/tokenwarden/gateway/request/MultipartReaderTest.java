package io.tokenwarden.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  @Property(tries = 200)
  void handsOnFilesHoweverTheBodyIsCut(
      @ForAll byte[] content, @ForAll @IntRange(min = 1, max = 100) int chunk) throws IOException {
    var body = new ByteArrayOutputStream();
    body.write(
        wire(
            "--b\nContent-Disposition: form-data; name=\"source\"; filename=\"a b.png\"\nContent-Type: image/png\n\n"));
    body.write(content);
    body.write(wire("\n--b\nContent-Disposition: form-data; name=\"status\"\n\nPAUSED\n--b--\n"));
    var files = new Kept();

    assertThat(read(body.toByteArray(), chunk, files))
        .containsExactly(new Parameter("status", "PAUSED"));
    assertThat(files.heads).containsExactly("source a b.png image/png");
    assertThat(files.bytes.toByteArray()).isEqualTo(content);
  }

  private static final class Kept implements MultipartReader.Files {
    private final List<String> heads = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void begin(String name, String filename, String type) {
      heads.add(name + " " + filename + " " + type);
    }

    @Override
    public void write(byte[] window, int from, int to) {
      bytes.write(window, from, to - from);
    }
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

    assertThatThrownBy(() -> new MultipartReader(type, 1000, new Kept()))
        .isInstanceOf(MalformedException.class);
  }

  private static List<Parameter> read(byte[] body, int chunk) {
    return read(body, chunk, new Kept());
  }

  private static List<Parameter> read(byte[] body, int chunk, Kept files) {
    var type = HeaderValue.parse("multipart/form-data; boundary=b");
    var reader = new MultipartReader(type, 1000, files);
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
