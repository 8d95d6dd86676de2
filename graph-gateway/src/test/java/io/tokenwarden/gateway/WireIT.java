package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers as they are on the wire, which clients tidy up before anybody sees them.
@QuarkusTest
class WireIT extends GatewayTest {

  /// An answer.
  ///
  /// @param body as it was sent, without the marks of its chunks; one character per byte
  private record Raw(Map<String, String> headers, String body) {

    byte[] bytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    String unzipped() throws IOException {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes()))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 204})
  void passesOnThatThereIsNothingNew(int status) throws IOException {
    // given
    connected(1, 1);
    meta.answers(call ->
        call.header("If-none-match").equals("\"v1\"")
            ? new Reply(status, "", Map.of("ETag", "\"v1\""), Duration.ZERO, -1)
            : Reply.json(200, OK).with("ETag", "\"v1\""));

    // when two calls go over one connection
    String both =
        exchange(
            request("If-None-Match: \"v1\"", "Accept-Encoding: gzip")
                + request("Connection: close"));

    // then the first has no body, nor anything that announces one
    int end = both.indexOf("\r\n\r\n") + 4;
    assertThat(both.substring(0, end))
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("ETag: \"v1\"")
        .contains("X-Tokenwarden-Generation: 1")
        .doesNotContainIgnoringCase(
            "content-encoding", "transfer-encoding", "content-length", "X-Tokenwarden-Category");
    assertThat(both.substring(end))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("ETag: \"v1\"")
        .endsWith(OK);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 40_000})
  void compressesWhatItHasCleanedForWhoeverTakesIt(int rows) throws IOException {
    // given
    connected(1, 1);
    String data =
        IntStream.range(0, rows)
            .mapToObj(
                "{\"ad_id\":\"%d\",\"name\":\"ünï_ç\",\"access_token\":\"of-a-page\"}"::formatted)
            .collect(Collectors.joining(","));
    meta.answers(call ->
        Reply.json(
            200,
            "{\"data\":[%s],\"echo\":\"%s\",\"paging\":{\"next\":\"%s/v25.0/me?%s&after=c\"}}"
                .formatted(data, token(1), metaUrl, call.query())));

    // when
    Raw plain = ask();
    Raw zipped = ask("Accept-Encoding: gzip, deflate");

    // then
    assertThat(zipped.headers())
        .containsEntry("content-encoding", "gzip")
        .containsEntry("vary", "Accept-Encoding");
    assertThat(zipped.body()).hasSizeLessThan(plain.body().length() / 4);
    assertThat(zipped.unzipped())
        .isEqualTo(plain.text())
        .contains("https://graph.gateway.test/v25.0/me?after=c")
        .doesNotContain(token(1), "of-a-page");
    assertThat(JSON.readTree(plain.bytes()).at("/data").size()).isEqualTo(rows);
    assertThat(plain.headers())
        .doesNotContainKey("content-encoding")
        .containsEntry("vary", "Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br", "*"})
  void compressesNothingForWhoeverDoesNotNameGzip(String accepted) throws IOException {
    connected(1, 1);
    String body = "{\"data\":\"" + "x".repeat(5000) + "\"}";
    meta.answers(_ -> Reply.json(200, body));

    assertThat(ask("Accept-Encoding: " + accepted).text()).isEqualTo(body);
  }

  @Test
  void leavesImagesAndShortAnswersAsTheyAre() throws IOException {
    // given
    connected(1, 1);
    String image = "\u0089PNG" + "{\"access\":".repeat(20_000);

    // when
    meta.answers(
        _ -> new Reply(200, image, Map.of("Content-Type", "image/png"), Duration.ZERO, -1));
    Raw picture = ask("Accept-Encoding: gzip");
    meta.answers(_ -> Reply.json(200, OK));
    Raw answer = ask("Accept-Encoding: gzip");

    // then
    assertThat(picture.text()).isEqualTo(image);
    assertThat(picture.headers())
        .containsEntry("content-type", "image/png")
        .doesNotContainEntry("content-encoding", "gzip");
    assertThat(answer.text()).isEqualTo(OK);
  }

  // ---- when

  private Raw ask(String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Connection: close";
    return parsed(exchange(request(all)));
  }

  private String request(String... headers) {
    return "GET /v25.0/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nX-Connection-Id: %s\r\n%s\r\n\r\n"
        .formatted(bearer, connection, String.join("\r\n", headers));
  }

  /// One character per byte.
  private String exchange(String requests) throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Raw parsed(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    Map<String, String> headers =
        answer
            .substring(0, end)
            .lines()
            .skip(1)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line -> line.substring(line.indexOf(':') + 1).strip(),
                    (first, second) -> first + ", " + second));
    String body = answer.substring(end + 4);
    return new Raw(headers, headers.containsKey("transfer-encoding") ? withoutChunks(body) : body);
  }

  private static String withoutChunks(String body) {
    StringBuilder whole = new StringBuilder();
    for (int at = 0; ; ) {
      int line = body.indexOf('\r', at);
      int size = Integer.parseInt(body.substring(at, line), 16);
      if (size == 0) {
        return whole.toString();
      }
      whole.append(body, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
  }
}
