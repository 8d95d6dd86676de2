package io.tokenwarden.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Asks auth-service to verify.
final class Verifications implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String address;
  private final String bearer;

  Verifications(String address, String bearer) {
    this.address = address;
    this.bearer = bearer;
  }

  /// @param place where to begin; null for the start of the log
  /// @throws NotAuthorisedException if the bearer may not ask
  /// @throws IllegalStateException if there is no good answer
  JsonNode from(String place) {
    var answer = send(request(place));
    return switch (answer.statusCode()) {
      case 200 -> parsed(answer.body());
      case 401, 403 -> throw new NotAuthorisedException();
      default ->
          throw new IllegalStateException(
              "auth-service answered %d: %s".formatted(answer.statusCode(), answer.body()));
    };
  }

  private HttpRequest request(String place) {
    var query = Optional.ofNullable(place).map(it -> "?after=" + it).orElse("");
    return HttpRequest.newBuilder(URI.create(address + "/auth/audit/verification" + query))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + bearer)
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("auth-service does not answer at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while verifying", e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalStateException("auth-service did not answer JSON", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  static final class NotAuthorisedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAuthorisedException() {
      super("The bearer may not verify the audit log: it takes security-admin for all workspaces");
    }
  }
}
