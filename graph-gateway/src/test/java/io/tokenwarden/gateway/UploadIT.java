package io.tokenwarden.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.tokenwarden.gateway.FakeServer.Call;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Calls with files. They may be as large as 16 MiB here, and 24 MiB together.
@QuarkusTest
class UploadIT extends WriterTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String DONE = "{\"images\":{}}";
  private static final int LARGE = 8 * 1024 * 1024;
  private static final int TOO_LARGE = 17 * 1024 * 1024;

  @Test
  void passesAFileOnWhateverComesAfterIt() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, DONE));
    String content = "\u0001\r\n--c\r\nfile";

    // when
    HttpResponse<String> answer =
        call(
            "POST",
            "/v25.0/act_1/adimages?name=n",
            MULTIPART,
            file(content) + multipart("access_token=" + handle, "tag=t&t"),
            new String[0]);

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Call call = meta.calls().getLast();
    assertThat(call.path()).isEqualTo("/v25.0/act_1/adimages");
    assertThat(call.query()).contains("appsecret_proof=" + proof(7)).doesNotContain("name=");
    assertThat(call.header("Content-type"))
        .startsWith("multipart/form-data; boundary=tokenwarden-");
    assertThat(Integer.parseInt(call.header("Content-length"))).isEqualTo(call.body().length());
    assertThat(call.body())
        .contains(
            "name=\"source\"; filename=\"a b.png\"\r\nContent-Type: image/png\r\n\r\n" + content)
        .contains("name=\"name\"\r\n\r\nn\r\n", "name=\"tag\"\r\n\r\nt&t\r\n");
    assertThat(call.toString()).doesNotContain(handle);
  }

  @Test
  void passesLargeFilesOnWhole() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, DONE));

    // when
    HttpResponse<String> answer = call("POST", "/act_1/advideos", MULTIPART, largeBody());

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(meta.calls().getLast().body())
        .hasSizeGreaterThan(LARGE)
        .contains("0123456789".repeat(1000));
  }

  @Test
  void takesNoFileThatIsTooLarge() {
    // given
    writes();

    // when
    HttpResponse<String> unannounced = unannounced(TOO_LARGE);

    // then
    assertThat(unannounced.statusCode()).isEqualTo(413);
    assertThat(header(unannounced, "X-Tokenwarden-Category")).isEqualTo("BAD_REQUEST");
    assertThat(meta.calls()).isEmpty();
  }

  @Test
  void whateverBecomesOfUploadsTheirRoomIsGivenBack() {
    // given
    writes();
    meta.answers(_ -> Reply.json(200, DONE));

    // when callers go away in the middle, are refused, or meet a fault
    for (int i = 0; i < 4; i++) {
      goAwayAfter(LARGE);
      assertThat(call("DELETE", "/9", MULTIPART, largeBody()).statusCode()).isEqualTo(400);
      assertThat(call("POST", "/me/permissions", MULTIPART, largeBody()).statusCode())
          .isEqualTo(403);
    }

    // then
    await()
        .atMost(SOON)
        .until(() -> call("POST", "/act_1/advideos", MULTIPART, largeBody()).statusCode() == 200);
    assertThat(meta.calls()).extracting(Call::path).containsOnly("/v25.0/act_1/advideos");
  }

  @Test
  void aFileIsSentOnceWhateverComesOfIt() {
    // given
    writes();
    meta.answers(_ -> Reply.json(500, "{\"error\":{\"code\":2,\"message\":\"x\"}}"));

    // when
    HttpResponse<String> answer =
        call("POST", "/act_1/adimages", MULTIPART, file("x") + multipart("a=1"));

    // then
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(meta.calls()).hasSize(1);
  }

  private static String file(String content) {
    return "--b\r\nContent-Disposition: form-data; name=\"source\"; filename=\"a b.png\"\r\nContent-Type: image/png\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String largeBody() {
    return file("0123456789".repeat(LARGE / 10 + 1)) + multipart("title=t");
  }

  /// In chunks, without saying how many.
  private HttpResponse<String> unannounced(int length) {
    InputStream body = new ByteArrayInputStream(file("x".repeat(length)).getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/act_1/advideos"))
            .timeout(SOON)
            .header("Content-Type", MULTIPART)
            .header("Authorization", "Bearer " + handle)
            .POST(BodyPublishers.ofInputStream(() -> body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Calling the gateway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void goAwayAfter(int bytes) {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /act_1/advideos HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nContent-Type: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                          .formatted(TOO_LARGE - 2 * 1024 * 1024, MULTIPART, handle)
                      + file("x".repeat(bytes)).substring(0, bytes))
                  .getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Going away", e);
    }
  }
}
