package io.tokenwarden.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Asks a [LocalIssuer] for bearer tokens, valid for an hour.
///
/// @param issuer the issuer's address
public record Bearers(String issuer) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /// A token for anybody, with any roles and workspaces.
  ///
  /// @throws IllegalStateException if the issuer does not answer
  public String of(String subject, Collection<String> roles, Collection<String> workspaces) {
    return ask(
        Map.of(
            "client_id",
            IssuerConfig.CLI,
            "sub",
            subject,
            "groups",
            String.join(" ", roles),
            "workspaces",
            String.join(" ", workspaces)));
  }

  /// The token a service gets by itself.
  ///
  /// @param service such as `graph-gateway`
  /// @throws IllegalStateException if the issuer does not answer
  public String ofService(String service) {
    return ask(Map.of("client_id", service));
  }

  private String ask(Map<String, String> parameters) {
    var form =
        "grant_type=client_credentials&client_secret=local&"
            + parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(issuer + "/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(issuer + " answered " + answer.statusCode());
      }
      return JSON.readTree(answer.body()).required("access_token").asText();
    } catch (IOException e) {
      throw new IllegalStateException("The issuer at " + issuer + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking " + issuer, e);
    }
  }
}
