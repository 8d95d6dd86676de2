package io.tokenwarden.cli.services;

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

/// One service, asked in the name of somebody who has a role for all workspaces.
public final class ServiceClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String service;
  private final String role;
  private final String address;
  private final Supplier<String> bearer;

  private ServiceClient(String service, String role, String address, Supplier<String> bearer) {
    this.service = service;
    this.role = role;
    this.address = address;
    this.bearer = bearer;
  }

  /// auth-service, for what a security-admin may.
  public static ServiceClient ofAuth(StackInfo stack) {
    return of(stack, "auth-service", "security-admin");
  }

  /// @param service such as `token-refresher`
  /// @param role such as `viewer`
  public static ServiceClient of(StackInfo stack, String service, String role) {
    var bearers = new Bearers(stack.issuer());
    return new ServiceClient(
        service,
        role,
        stack.service(service),
        () -> bearers.of("cli", List.of(role), List.of("*")));
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

  private IllegalStateException bad(Answer answer) {
    return new IllegalStateException(
        "%s answered %d: %s"
            .formatted(service, answer.status(), answer.body().path("detail").asText()));
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
        throw new NotAuthorisedException(role);
      }
      return new Answer(answer.statusCode(), parsed(answer));
    } catch (IOException e) {
      throw new IllegalStateException(service + " does not answer at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking " + service, e);
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
