package io.tokenwarden.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwarden.embedded.Bearers;
import io.tokenwarden.stack.StackInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// auth-service, asked in the name of a security-admin of all workspaces.
public final class AuthService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String address;
  private final Supplier<String> bearer;

  private AuthService(String address, Supplier<String> bearer) {
    this.address = address;
    this.bearer = bearer;
  }

  public static AuthService of(StackInfo stack) {
    var bearers = new Bearers(stack.issuer());
    return new AuthService(
        stack.service("auth-service"),
        () -> bearers.of("cli", List.of("security-admin"), List.of("*")));
  }

  /// What a POST was answered.
  ///
  /// @param status 200, or 409 if it is under way
  public record Answer(int status, JsonNode body) {}

  /// Reads.
  ///
  /// @throws NotAuthorisedException if the bearer may not ask
  /// @throws IllegalStateException if there is no good answer
  public JsonNode get(String path) {
    var answer = send(request(path).build());
    if (answer.status() != 200) {
      throw bad(answer);
    }
    return answer.body();
  }

  /// Begins something.
  ///
  /// @throws NotAuthorisedException if the bearer may not ask
  /// @throws IllegalStateException if there is no good answer
  public Answer post(String path, JsonNode body) {
    var answer =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    if (answer.status() != 200 && answer.status() != 409) {
      throw bad(answer);
    }
    return answer;
  }

  private static IllegalStateException bad(Answer answer) {
    return new IllegalStateException(
        "auth-service answered %d: %s"
            .formatted(answer.status(), answer.body().path("detail").asText()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + bearer.get());
  }

  private Answer send(HttpRequest request) {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 401 || answer.statusCode() == 403) {
        throw new NotAuthorisedException();
      }
      return new Answer(answer.statusCode(), parsed(answer));
    } catch (IOException e) {
      throw new IllegalStateException("auth-service does not answer at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking auth-service", e);
    }
  }

  private static JsonNode parsed(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException _) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
