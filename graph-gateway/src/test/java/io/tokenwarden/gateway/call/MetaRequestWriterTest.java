package io.tokenwarden.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.request.Body.Empty;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.Reading.Accepted;
import io.tokenwarden.gateway.request.RequestReader;
import io.tokenwarden.graph.AccessToken;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaRequestWriterTest {

  private final MetaRequestWriter writer =
      new MetaRequestWriter(
          URI.create("https://graph.test/"), URI.create("http://video.test:8080/in"));

  @ParameterizedTest
  @CsvSource({
    "POST /act_1/advideos, video.test 8080 /in/v25.0/act_1/advideos",
    "POST /9/videos?upload_phase=start, video.test 8080 /in/v25.0/9/videos",
    "GET /act_1/advideos, graph.test 443 /v25.0/act_1/advideos",
    "POST /act_1/adimages, graph.test 443 /v25.0/act_1/adimages",
    "POST /videos, graph.test 443 /v25.0/videos"
  })
  void videosGoWhereMetaTakesThem(String line, String place) {
    // when
    var options =
        writer.write(request(line), MultiMap.caseInsensitiveMultiMap(), lease()).options();

    // then
    String path = options.getURI().substring(0, options.getURI().indexOf('?'));
    assertThat(options.getHost() + " " + options.getPort() + " " + path).isEqualTo(place);
  }

  private static GraphRequest request(String line) {
    String[] words = line.split(" ");
    var read = new RequestReader().read(words[0], words[1], new Empty());
    return ((Accepted) read).request().inVersion("v25.0");
  }

  private static CredentialLease lease() {
    return new CredentialLease(
        new ConnectionId(UUID.randomUUID()),
        WorkspaceId.of("demo"),
        "1",
        "2",
        TokenType.USER,
        1,
        1,
        AccessToken.of(UUID.randomUUID().toString()),
        null,
        null,
        Instant.MAX);
  }
}
