package io.tokenwarden.graphclient;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.graph.ErrorCategory;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One answer of the gateway, as what is to be done next.
public sealed interface GatewayAnswer {

  /// What was asked for.
  ///
  /// @param next the query of the following page; empty on the last one. Where it points is not
  ///   ours to believe: it is always asked of the same path, at the address from the configuration.
  /// @param generation of the token the gateway used
  record Page(List<JsonNode> rows, Optional<Map<String, String>> next, OptionalLong generation)
      implements GatewayAnswer {}

  /// Anything else.
  ///
  /// @param retryAfter zero if nothing was said
  /// @param generation of the token the gateway used, if it got that far
  record Failed(ErrorCategory category, Duration retryAfter, OptionalLong generation)
      implements GatewayAnswer {}

  static GatewayAnswer of(Response response) {
    return response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL
            && category(response).isEmpty()
        ? page(response)
        : new Failed(
            category(response).orElse(ErrorCategory.SERVER_ERROR),
            retryAfter(response),
            generation(response));
  }

  private static GatewayAnswer page(Response response) {
    var body = body(response);
    if (body.isEmpty() || !body.get().path("data").isArray()) {
      return new Failed(ErrorCategory.SERVER_ERROR, Duration.ZERO, generation(response));
    }
    var rows = new ArrayList<JsonNode>();
    body.get().path("data").forEach(rows::add);
    var next = Optional.ofNullable(body.get().path("paging").path("next").textValue());
    return new Page(rows, next.map(GatewayAnswer::query), generation(response));
  }

  private static Optional<JsonNode> body(Response response) {
    try {
      return Optional.ofNullable(response.readEntity(JsonNode.class));
    } catch (ProcessingException _) {
      return Optional.empty();
    }
  }

  private static Map<String, String> query(String next) {
    var query = new LinkedHashMap<String, String>();
    for (var pair : Optional.ofNullable(URI.create(next).getRawQuery()).orElse("").split("&", -1)) {
      var parts = pair.split("=", 2);
      query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Optional<ErrorCategory> category(Response response) {
    return Optional.ofNullable(response.getHeaderString("X-Tokenwarden-Category"))
        .map(GatewayAnswer::known);
  }

  /// A gateway newer than we are may know categories that we do not.
  private static ErrorCategory known(String category) {
    try {
      return ErrorCategory.valueOf(category);
    } catch (IllegalArgumentException _) {
      return ErrorCategory.SERVER_ERROR;
    }
  }

  private static OptionalLong generation(Response response) {
    return number(response.getHeaderString("X-Tokenwarden-Generation"));
  }

  private static Duration retryAfter(Response response) {
    return Duration.ofSeconds(
        number(response.getHeaderString("X-Tokenwarden-Retry-After"))
            .orElse(number(response.getHeaderString("Retry-After")).orElse(0)));
  }

  private static OptionalLong number(String text) {
    return text != null && text.matches("[0-9]{1,15}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
