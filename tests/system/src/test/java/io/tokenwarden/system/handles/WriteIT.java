package io.tokenwarden.system.handles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.system.stack.RunningStack;
import io.tokenwarden.system.stack.Writers;
import io.tokenwarden.testsupport.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A key that writes, with what Meta makes of it: nothing is written twice, nothing while the
/// connection is blocked, and nothing later by itself.
class WriteIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final RunningStack stack = RunningStack.shared();
  private final Client client = new Client(stack);
  private final Writers writers = new Writers(stack);

  @Test
  void itWritesWhileItsConnectionLivesAndNothingIsMadeUpFor() {
    // given
    var person = stack.twin().person("Writer", 1, 0);
    var connection = writers.connect(person);
    var account = "act_" + person.adAccounts().getFirst();
    var handle = writers.handle(connection);

    // and the gateway has heard of it: until then nothing is written
    await().atMost(SOON).until(() -> renamed(handle, "1").statusCode() != 503);

    // when
    var made = write(handle, "/v25.0/" + account + "/campaigns", FORM, "name=First&status=PAUSED");

    // then
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    var campaign = json(made).get("id").asText();
    assertThat(name(connection, campaign)).isEqualTo("First");

    // and when a batch makes one and reads it
    var batch =
        """
        [{"method":"POST","relative_url":"%s/campaigns","body":"name=Second&status=PAUSED","name":"made","omit_response_on_success":false},
         {"method":"GET","relative_url":"?ids={result=made:$.id}&fields=name"}]
        """
            .formatted(account);
    var both = write(handle, "/v25.0", FORM, "batch=" + URLEncoder.encode(batch, UTF_8));

    // then
    assertThat(both.statusCode()).as(both.body()).isEqualTo(200);
    assertThat(json(both).at("/1/body").asText()).contains("Second");
    assertThat(both.headers().firstValue("X-Tokenwarden-Batch")).isEmpty();

    // and when
    var image =
        write(handle, "/v25.0/" + account + "/adimages", "multipart/form-data; boundary=b", IMAGE);

    // then
    assertThat(image.statusCode()).as(image.body()).isEqualTo(200);
    assertThat(json(image).at("/images/a.png/hash").asText()).isNotBlank();

    // and when the token dies
    stack.twin().changePassword(person);
    await()
        .atMost(SOON)
        .until(() ->
            name(connection, campaign) == null
                && remedy(renamed(handle, campaign)).equals("reconnect"));

    // then
    var refused = renamed(handle, campaign);
    assertThat(json(refused).at("/error/message").asText()).contains("CONNECTION_BLOCKED");

    // and when it lives again
    writers.reconnect(person, connection);
    await().atMost(SOON).until(() -> name(connection, campaign) != null);

    // then
    assertThat(name(connection, campaign)).isEqualTo("First");
    await().atMost(SOON).until(() -> renamed(handle, campaign).statusCode() == 200);
    assertThat(name(connection, campaign)).isEqualTo("Renamed");
  }

  private static final String IMAGE =
      "--b\r\nContent-Disposition: form-data; name=\"source\"; filename=\"a.png\"\r\n"
          + "Content-Type: image/png\r\n\r\nno image, but Meta is a stand-in\r\n--b--\r\n";

  private HttpResponse<String> renamed(String handle, String campaign) {
    return write(handle, "/v25.0/" + campaign, FORM, "name=Renamed");
  }

  private static String remedy(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Tokenwarden-Remedy").orElse("");
  }

  /// As anybody reads it; null while nobody can.
  private String name(String connection, String campaign) {
    var answer = client.graph(connection, "/v25.0/" + campaign + "?fields=name");
    return answer.statusCode() == 200 ? json(answer).get("name").asText() : null;
  }

  private HttpResponse<String> write(String handle, String target, String type, String body) {
    return client.send(
        HttpRequest.newBuilder(stack.service("graph-gateway").resolve(target))
            .header("Authorization", "OAuth " + handle)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
