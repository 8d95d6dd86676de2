package io.tokenwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwarden.contracts.Capability;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionEvent.TokenHealth;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.Lifecycle;
import io.tokenwarden.contracts.TokenStatus;
import io.tokenwarden.contracts.TokenType;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.gateway.FakeServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A caller whose handle may write.
abstract class WriterTest extends GatewayTest {
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON_TYPE = "application/json";
  static final String MULTIPART = "multipart/form-data; boundary=b";

  private static final Duration SOON = Duration.ofSeconds(20);

  final String handle = randomHandle();

  // ---- given

  /// The connection lives and may write, and the handle opens it, or these assets of it.
  void writes(String... assets) {
    leased(7, 31);
    said(7, 31, TokenStatus.ACTIVE, Lifecycle.CONNECTED, true);
    opens("write", assets);
  }

  void opens(String access, String... assets) {
    opens(handle, UUID.randomUUID(), access, assets);
  }

  void opens(String key, UUID id, String access, String... assets) {
    String named =
        assets.length == 0 ? "" : "\"assets\":[\"" + String.join("\",\"", assets) + "\"],";
    handles.put(
        key,
        Reply.json(
            200,
            """
            {"active":true,"handleId":"%s","connectionId":"%s","workspaceId":"demo","access":"%s",%s"expiresAt":"%s"}
            """
                .formatted(
                    id, connection, access, named, clock.instant().plus(Duration.ofDays(1)))));
  }

  /// What auth-service says of the connection from now on.
  void said(
      long generation,
      long revision,
      TokenStatus status,
      Lifecycle lifecycle,
      boolean mayWrite,
      Condition... conditions) {
    publish(
        new TokenHealth(
            new ConnectionState(
                WorkspaceId.of("demo"),
                connection,
                generation,
                revision,
                app,
                "77",
                TokenType.USER,
                Instant.now(),
                Health.of(
                    status,
                    lifecycle,
                    List.of(conditions),
                    Map.of(Capability.WRITE_ADS, mayWrite),
                    null,
                    null,
                    List.of("ads_read"),
                    null))));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(connections.find(connection))
                .hasValueSatisfying(known -> assertThat(known.revision()).isEqualTo(revision)));
  }

  static String randomHandle() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return "twh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  // ---- when

  /// With the handle in the header.
  HttpResponse<String> call(String method, String target, String type, String body) {
    return call(method, target, type, body, "Authorization", "Bearer " + handle);
  }

  /// @param body empty for none
  HttpResponse<String> call(
      String method, String target, String type, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(target))
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Calling the gateway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// `name=value` pairs as the parts of a body.
  static String multipart(String... fields) {
    StringBuilder body = new StringBuilder();
    for (String field : fields) {
      int equals = field.indexOf('=');
      body.append("--b\r\nContent-Disposition: form-data; name=\"")
          .append(field, 0, equals)
          .append("\"\r\n\r\n")
          .append(field.substring(equals + 1))
          .append("\r\n");
    }
    return body.append("--b--\r\n").toString();
  }
}
