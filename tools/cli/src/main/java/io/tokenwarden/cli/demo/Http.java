package io.tokenwarden.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Asks over HTTP and never waits long for an answer. Redirects are answers like any other.
final class Http implements AutoCloseable {

  private static final Duration TIME = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIME)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(TIME);
  }

  static HttpRequest.BodyPublisher json(JsonNode body) {
    return BodyPublishers.ofString(body.toString());
  }

  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// @param whom for the message of a [NoAnswerException]
  HttpResponse<String> send(String whom, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new NoAnswerException(
          "%s does not answer at %s".formatted(whom, place(request.uri())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("interrupted while asking " + whom, e);
    }
  }

  /// The JSON of a 2xx answer; a missing node where it has no body.
  JsonNode ask(String whom, HttpRequest request) {
    var answer = send(whom, request);
    if (answer.statusCode() / 100 != 2) {
      throw new NoAnswerException(
          "%s answered %d to %s %s"
              .formatted(whom, answer.statusCode(), request.method(), request.uri().getPath()));
    }
    return parsed(whom, request, answer.body());
  }

  private static JsonNode parsed(String whom, HttpRequest request, String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException _) {
      throw new NoAnswerException(
          "%s did not answer JSON to %s %s"
              .formatted(whom, request.method(), request.uri().getPath()));
    }
  }

  /// Without the query, which may hold codes and tickets.
  static String place(URI address) {
    return "%s://%s%s".formatted(address.getScheme(), address.getAuthority(), address.getPath());
  }

  @Override
  public void close() {
    client.close();
  }
}
