package io.tokenwarden.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static LocalIssuer issuer;

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start(new IssuerSettings(folder, 0, folder.resolve("issuer.log")));
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @Test
  void givesACallerTheRolesAndWorkspacesAskedFor() {
    // when
    var claims =
        claims(issuer.bearers().of("me", List.of("viewer", "operator"), List.of("demo", "east")));

    // then
    assertThat(claims.get("iss").asText()).isEqualTo(issuer.url());
    assertThat(claims.get("sub").asText()).isEqualTo("me");
    assertThat(claims.get("aud").toString()).contains("\"tokenwarden\"");
    assertThat(claims.get("groups").asText()).isEqualTo("viewer operator");
    assertThat(claims.get("workspaces").asText()).isEqualTo("demo east");
    assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(3600);
  }

  @Test
  void givesTheGatewayAloneItsRole() {
    // when
    var gateway = claims(issuer.bearers().ofService("graph-gateway"));
    var worker = claims(issuer.bearers().ofService("sync-worker"));

    // then
    assertThat(gateway.get("groups").asText()).isEqualTo("gateway");
    assertThat(worker.get("groups").asText()).isEqualTo("service");
    assertThat(worker.get("workspaces").asText()).isEqualTo("*");
  }

  @Test
  void signsALocalUserInWithoutAPassword() throws Exception {
    // given
    var back = "http://localhost:1/callback";
    try (var http = HttpClient.newHttpClient()) {

      // when
      var authorize =
          URI.create(
              issuer.url()
                  + "/authorize?response_type=code&client_id=notifier&scope=openid&state=s&nonce=n"
                  + "&redirect_uri="
                  + back);
      var redirect = http.send(HttpRequest.newBuilder(authorize).build(), BodyHandlers.ofString());
      var code =
          redirect
              .headers()
              .firstValue("location")
              .orElseThrow()
              .replaceAll(".*code=([^&]+).*", "$1");
      var form =
          "grant_type=authorization_code&client_id=notifier&client_secret=x&redirect_uri="
              + back
              + "&code="
              + code;
      var token =
          http.send(
              HttpRequest.newBuilder(URI.create(issuer.url() + "/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.ofString());

      // then
      var answer = JSON.readTree(token.body());
      var access = claims(answer.get("access_token").asText());
      var id = claims(answer.get("id_token").asText());
      assertThat(access.get("groups").asText()).isEqualTo("viewer operator");
      assertThat(access.get("workspaces").asText()).isEqualTo("demo");
      assertThat(access.get("aud").toString()).contains("\"tokenwarden\"");
      assertThat(id.get("aud").toString()).contains("\"notifier\"");
      assertThat(id.get("nonce").asText()).isEqualTo("n");
    }
  }

  @Test
  void keepsItsKeyThroughARestart() throws Exception {
    // given
    var before = keys();

    // when
    issuer.kill();
    issuer.restart();

    // then
    assertThat(keys()).isEqualTo(before).contains("\"RSA\"");
  }

  private static String keys() throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(issuer.url() + "/jwks")).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static JsonNode claims(String token) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    } catch (IOException e) {
      throw new AssertionError("Not a JWT", e);
    }
  }
}
